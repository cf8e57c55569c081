import { identify } from './identify.ts';
import type { Line } from './line.ts';
import { grant } from './media-params.ts';
import { MEDIA, type Media } from './products.ts';
import { becomeReady } from './readiness.ts';
import { type DeskDeps, sequenceOf } from './signal-desk.ts';
import type { MediaLine, Stream } from './stream.ts';
import { ALL_MEDIA, type Fields, MEDIA_BITS, MESSAGE, statusWords } from './wire.ts';

/** The status that says that a kind of media is not to be had. */
const UNSUPPORTED: Readonly<Record<Media, number>> = { audio: 9, video: 10, deskshare: 11, transcript: 12, chat: 13 };

/** Message 3: what is wanted, and is it to be had? Returns the connection with its stream once it is accepted. */
export const admitMedia = (line: Line, asked: Fields | undefined, server: number, deps: DeskDeps) => {
  const { streams, app, clock, troubles, say } = deps;
  const answer = (status: number, more: Fields = {}): void => {
    line.send({
      msg_type: MESSAGE.mediaAnswer,
      protocol_version: 1,
      sequence: sequenceOf(asked),
      status_code: status,
      reason: status === 0 ? '' : statusWords(status),
      payload_encrypted: false,
      ...more,
    });
  };
  const refuse = (status: number): undefined => {
    answer(status);
    say(`an rtms client was refused media: ${statusWords(status)} (${status})`);
    line.close();
  };
  const trouble = troubles.refusalOf('media');
  if (trouble !== undefined) return refuse(trouble);
  if (asked?.msg_type !== MESSAGE.mediaRequest) return refuse(1);
  const stream = identify(asked, streams, app());
  if (typeof stream === 'number') return refuse(stream);
  if (server < stream.server) {
    line.cut();
    return undefined;
  }
  // Signalling comes first.
  if (stream.signal === undefined) return refuse(4);
  const media = wanted(stream, asked.media_type);
  if (typeof media === 'number') return refuse(media);
  const granted = grant(media, asked.media_params);
  if (typeof granted === 'number') return refuse(granted);

  line.dress = stream.habits;
  const mine: MediaLine = { line, media, granted, isReady: false };
  stream.media.add(mine);
  say(`an rtms client gets ${media.join(', ')} of stream ${stream.id}`);
  if (troubles.answersNoMedia) becomeReady(stream, clock);
  else answer(0, { media_params: granted });
  return { stream, mine };
};

/** The kinds of media of a `media_type`, or the status that refuses it. */
const wanted = ({ facts, media: lines }: Stream, type: unknown): readonly Media[] | number => {
  if (typeof type !== 'number' || !Number.isInteger(type)) return 7;
  if (type <= 0 || type > ALL_MEDIA) return 14;
  const isAll = type === ALL_MEDIA;
  const asked = MEDIA.filter((kind) => isAll || (type & MEDIA_BITS[kind]) !== 0);
  const missing = asked.find((kind) => !facts.media.includes(kind));
  if (missing !== undefined && !isAll) return UNSUPPORTED[missing];
  const media = asked.filter((kind) => facts.media.includes(kind));
  const taken = [...lines].filter((one) => one.media.some((kind) => media.includes(kind)));
  if (taken.length === 0) return media;
  return taken.some((one) => one.media.length === facts.media.length) ? 15 : 16;
};
