import { MEDIA, type Media } from './products.ts';
import { type Fields, isFields } from './wire.ts';

/** One parameter: its default, the status that refuses it, and what is good. */
type Rule = readonly [usual: number | boolean, status: number, isGood: (value: unknown) => boolean];

const oneOf =
  (...good: readonly number[]) =>
  (value: unknown) =>
    good.includes(value as number);
const whole = (least: number, most: number) => (value: unknown) =>
  Number.isInteger(value) && (value as number) >= least && (value as number) <= most;

/** The largest id of a language that Zoom lists; -1 is none. */
const LAST_LANGUAGE = 36;
const LONGEST_PACKET_MS = 1000;
/** An Opus packet holds six frames of 20 ms at most [RFC 6716, section 3.2.5]; five keep it on Zoom's grid. */
const LONGEST_OPUS_MS = 100;
const OPUS = 4;
const JPG = 5;
const H264 = 7;

/** For each kind of media: the status that refuses something that is no object, and its parameters [Zoom's media parameter definition]. */
const RULES: Readonly<Record<Media, readonly [status: number, Readonly<Record<string, Rule>>]>> = {
  audio: [
    18,
    {
      content_type: [2, 19, oneOf(1, 2)],
      sample_rate: [1, 20, oneOf(0, 1, 2, 3)],
      channel: [1, 21, oneOf(1, 2)],
      codec: [1, 22, oneOf(1, 2, 3, 4)],
      data_opt: [1, 23, oneOf(1, 2)],
      send_rate: [20, 24, (value) => whole(20, 1e6)(value) && (value as number) % 20 === 0],
    },
  ],
  video: [
    25,
    {
      content_type: [3, 26, oneOf(3)],
      codec: [JPG, 27, oneOf(5, 6, 7)],
      resolution: [2, 28, oneOf(1, 2, 3, 4)],
      data_opt: [3, 29, oneOf(3, 4)],
      fps: [5, 30, whole(1, 30)],
    },
  ],
  deskshare: [
    31,
    {
      content_type: [3, 32, oneOf(3)],
      codec: [JPG, 33, oneOf(5, 6, 7)],
      resolution: [3, 34, oneOf(1, 2, 3, 4)],
      fps: [1, 35, whole(1, 30)],
    },
  ],
  transcript: [
    36,
    {
      content_type: [5, 37, oneOf(5)],
      src_language: [9, 43, whole(-1, LAST_LANGUAGE)],
      enable_lid: [true, 36, (value) => typeof value === 'boolean'],
    },
  ],
  chat: [38, { content_type: [5, 39, oneOf(5)] }],
};

/** JPG and PNG only up to this many pictures a second, H.264 only above it. */
const STILL_FPS = { video: 5, deskshare: 1 } as const;

export type Params = Readonly<Record<string, number | boolean>>;
export type Granted = Readonly<Partial<Record<Media, Params>>>;

/** What a client gets of the media that it asked for, defaults filled in; or the status that refuses it. */
export const grant = (media: readonly Media[], asked: unknown): Granted | number => {
  if (asked !== undefined && !isFields(asked)) return 17;
  const granted: Partial<Record<Media, Params>> = {};
  for (const kind of MEDIA.filter((one) => media.includes(one))) {
    const params = grantOne(kind, asked?.[kind]);
    if (typeof params === 'number') return params;
    granted[kind] = params;
  }
  return granted;
};

const grantOne = (kind: Media, asked: unknown): Params | number => {
  const [status, rules] = RULES[kind];
  if (asked !== undefined && !isFields(asked)) return status;
  // The older name of the language.
  const given: Fields = { src_language: asked?.language, ...asked };
  const params: Record<string, number | boolean> = {};
  for (const [name, [usual, refusal, isGood]] of Object.entries(rules)) {
    const value = given[name] ?? usual;
    if (!isGood(value)) return refusal;
    params[name] = value as number | boolean;
  }
  if (kind === 'audio') return fitAudio(params);
  if (kind === 'video' || kind === 'deskshare') return fitPictures(kind, params, given.codec !== undefined);
  return params;
};

const fitAudio = (params: Record<string, number | boolean>): Params | number => {
  if (params.channel === 2 && params.codec !== OPUS) return 21;
  const longest = params.codec === OPUS ? LONGEST_OPUS_MS : LONGEST_PACKET_MS;
  return { ...params, send_rate: Math.min(Number(params.send_rate), longest) };
};

const fitPictures = (
  kind: 'video' | 'deskshare',
  params: Record<string, number | boolean>,
  hasCodec: boolean,
): Params | number => {
  const isMoving = Number(params.fps) > STILL_FPS[kind];
  if (isMoving === (params.codec === H264)) return params;
  if (!hasCodec) return { ...params, codec: JPG, fps: RULES[kind][1].fps?.[0] ?? STILL_FPS[kind] };
  return kind === 'video' ? 30 : 35;
};
