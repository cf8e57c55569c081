import type { Fields } from './message.ts';
import { fieldsOf } from './message.ts';

/** Zoom's numbers for codecs [Zoom's media parameter definition]. */
export const AUDIO_CODECS = { l16: 1, g711: 2, g722: 3, opus: 4 } as const;
export const PICTURE_CODECS = { jpg: 5, png: 6, h264: 7 } as const;
export type AudioCodec = keyof typeof AUDIO_CODECS;
export type PictureCodec = keyof typeof PICTURE_CODECS;

/** Sampling rates in Hz, by Zoom's number. */
const RATES = [8000, 16_000, 32_000, 48_000] as const;
export type Rate = (typeof RATES)[number];

export const RESOLUTIONS = { sd: 1, hd: 2, fhd: 3, qhd: 4 } as const;

export type AudioFormat = {
  readonly codec: AudioCodec;
  readonly rate: Rate;
  readonly channels: 1 | 2;
  /** `mixed`: one track of Zoom's making; `each`: one for each participant. */
  readonly tracks: 'mixed' | 'each';
  /** Length of a packet in milliseconds. */
  readonly packetMs: number;
};

export type PictureFormat = {
  readonly codec: PictureCodec;
  readonly fps: number;
  readonly resolution: keyof typeof RESOLUTIONS;
  /** One chosen participant instead of the active speaker; always false for a share. */
  readonly individual: boolean;
};

export type TranscriptFormat = { readonly language: number | undefined; readonly fixed: boolean };

/** What is asked for, and then what Zoom granted. */
export type MediaFormats = {
  readonly audio: AudioFormat;
  readonly video: PictureFormat;
  readonly share: PictureFormat;
  readonly transcript: TranscriptFormat;
};

const RAW_AUDIO = 2;
const RAW_VIDEO = 3;
const TEXT = 5;

/** `media_params` of message 3 for each kind of media. */
export const mediaParams = (formats: MediaFormats) => ({
  audio: audioParams(formats.audio),
  video: { ...pictureParams(formats.video), data_opt: formats.video.individual ? 4 : 3 },
  share: pictureParams(formats.share),
  transcript: {
    content_type: TEXT,
    ...(formats.transcript.language !== undefined && { src_language: formats.transcript.language }),
    ...(formats.transcript.fixed && { enable_lid: false }),
  },
  chat: { content_type: TEXT },
});

const audioParams = ({ codec, rate, channels, tracks, packetMs }: AudioFormat) => ({
  content_type: RAW_AUDIO,
  sample_rate: RATES.indexOf(rate),
  channel: channels,
  codec: AUDIO_CODECS[codec],
  data_opt: tracks === 'mixed' ? 1 : 2,
  send_rate: packetMs,
});

const pictureParams = ({ codec, fps, resolution }: PictureFormat) => ({
  content_type: RAW_VIDEO,
  codec: PICTURE_CODECS[codec],
  fps,
  resolution: RESOLUTIONS[resolution],
});

/** The formats with Zoom's word for them, where message 4 has one; what cannot be read stays as it was asked for. */
export const grantedFormats = (formats: MediaFormats, params: unknown): MediaFormats => {
  const { audio, video, deskshare } = fieldsOf(params);
  return {
    ...formats,
    audio: grantedAudio(formats.audio, fieldsOf(audio)),
    video: grantedPicture(formats.video, fieldsOf(video)),
    share: grantedPicture(formats.share, fieldsOf(deskshare)),
  };
};

const grantedAudio = (asked: AudioFormat, fields: Fields): AudioFormat => ({
  codec: nameOf(AUDIO_CODECS, fields.codec) ?? asked.codec,
  rate: RATES[Number(fields.sample_rate ?? Number.NaN)] ?? asked.rate,
  channels: fields.channel === 1 || fields.channel === 2 ? fields.channel : asked.channels,
  tracks: fields.data_opt === 1 ? 'mixed' : fields.data_opt === 2 ? 'each' : asked.tracks,
  packetMs: inRange(fields.send_rate, 1, 1000) ?? asked.packetMs,
});

const grantedPicture = (asked: PictureFormat, fields: Fields): PictureFormat => ({
  ...asked,
  codec: nameOf(PICTURE_CODECS, fields.codec) ?? asked.codec,
  fps: inRange(fields.fps, 1, 60) ?? asked.fps,
  resolution: nameOf(RESOLUTIONS, fields.resolution) ?? asked.resolution,
});

const nameOf = <Name extends string>(table: Readonly<Record<Name, number>>, value: unknown): Name | undefined =>
  (Object.keys(table) as Name[]).find((name) => table[name] === value);

const inRange = (value: unknown, least: number, most: number): number | undefined =>
  typeof value === 'number' && value >= least && value <= most ? value : undefined;
