import {
  Complaint,
  choice,
  count,
  type Flags,
  listFlag,
  positiveDuration,
  text,
  toggle,
  type Values,
  valueFlag,
} from '../../config/flag.ts';
import type { Rate } from '../../rtms/index.ts';
import { MEDIA, type Media } from '../../rtms/wire/codes.ts';
import { languageId } from '../../rtms/wire/languages.ts';
import { OUTLET_FLAGS } from '../outlets/index.ts';
import { FILTER_FLAGS } from '../shared/filter-flags.ts';
import { REDACT_FLAGS } from '../shared/redact-flags.ts';
import { LIMIT_FLAGS, RUN_FLAGS } from '../tail/flags.ts';
import { VIDEO_FLAGS } from './video-flags.ts';

const mediaOf = (value: string): Media | 'all' => {
  const found = [...MEDIA, 'all' as const].find((name) => name === value.toLowerCase());
  if (found === undefined) throw new Complaint('expected transcript, chat, audio, video, share or all');
  return found;
};

const languageOf = (value: string): number => {
  const id = languageId(value);
  if (id === undefined)
    throw new Complaint('expected a language such as english, german or "French (France)", or its id');
  return id;
};

export const FROM_FLAGS = {
  from: valueFlag({
    spelling: '--from <file or ->',
    help: 'take start and stop events from NDJSON: a recording, or what tail or listen prints',
    parse: text,
  }),
  join: valueFlag({
    spelling: '--join <file, JSON or ->',
    help: 'take the one stream of this start event, or of its payload',
    parse: text,
  }),
  demo: toggle({
    spelling: '--demo',
    help: 'take made-up meetings of a simulator inside this process: no account, no network but loopback',
  }),
  maxStreams: valueFlag({
    spelling: '--max-streams <n>',
    help: 'take this many streams at once; more are refused with a warning',
    parse: count(1),
    default: '200',
  }),
} satisfies Flags;

export const MEDIA_FLAGS = {
  media: listFlag({
    spelling: '--media <list>',
    help: "transcript, chat, audio, video, share, or all that the app's scopes allow; a transcript changes what Zoom bills",
    commas: true,
    parse: mediaOf,
    shownDefault: 'transcript,chat; with --save audio too; with --audio-to or --exec alone audio',
  }),
  language: valueFlag({
    spelling: '--language <name or id>',
    help: 'the language that is spoken, for the transcript',
    parse: languageOf,
  }),
  fixedLanguage: toggle({
    spelling: '--fixed-language',
    help: 'let Zoom not identify the language by itself; it then sends no revisions either',
  }),
  noBuffered: toggle({
    spelling: '--no-buffered',
    help: 'skip what was said before we connected (default: up to 60 s of audio arrives first)',
  }),
} satisfies Flags;

const packetOf = (value: string): number => {
  const ms = positiveDuration(value);
  if (ms % 20 !== 0 || ms > 1000) throw new Complaint('expected a multiple of 20ms, 1s at most');
  return ms;
};

const RATES: readonly string[] = ['8000', '16000', '32000', '48000'];
const rateOf = (value: string): Rate => {
  if (!RATES.includes(value)) throw new Complaint('expected 8000, 16000, 32000 or 48000');
  return Number(value) as Rate;
};

export const AUDIO_FLAGS = {
  tracks: valueFlag({
    spelling: '--tracks <each|mixed|both>',
    help: "one aligned track for each participant, Zoom's mix, or each one and a mix made here",
    parse: choice('each', 'mixed', 'both'),
    default: 'each',
  }),
  audioCodec: valueFlag({
    spelling: '--audio-codec <l16|g711>',
    help: 'how audio is sent and kept',
    parse: choice('l16', 'g711'),
    default: 'l16',
  }),
  audioRate: valueFlag({
    spelling: '--audio-rate <8000|16000|32000|48000>',
    help: 'samples a second',
    parse: rateOf,
    default: '16000',
  }),
  packet: valueFlag({
    spelling: '--packet <duration>',
    help: 'length of a packet of audio: 20ms to 1s, in steps of 20ms',
    parse: packetOf,
    shownDefault: '100ms; 20ms with --audio-to or --exec',
  }),
} satisfies Flags;

export const SAVE_FLAGS = {
  save: valueFlag({
    spelling: '--save <dir>',
    help: 'keep each stream in a folder there: audio tracks, transcript, chat, events',
    parse: text,
  }),
  captions: listFlag({
    spelling: '--captions <vtt,srt,txt>',
    help: 'files of the transcript',
    commas: true,
    parse: choice('vtt', 'srt', 'txt'),
    shownDefault: 'vtt,txt',
  }),
} satisfies Flags;

export const PIPE_FLAGS = {
  audioTo: valueFlag({
    spelling: '--audio-to <file or ->',
    help: 'raw s16le of one track, as it is spoken; with "-", stdout is that audio and no events',
    parse: text,
  }),
  track: valueFlag({
    spelling: '--track <user|mixed>',
    help: 'the track of --audio-to: a user id or name, or everybody',
    parse: text,
    default: 'mixed',
  }),
  exec: valueFlag({
    spelling: '--exec <command>',
    help: 'run this with sh for each track, with its PCM on stdin and RTMS_STREAM, RTMS_USER_ID, RTMS_USER_NAME, RTMS_RATE set',
    parse: text,
  }),
} satisfies Flags;

export const LEAVE_FLAGS = {
  onExit: valueFlag({
    spelling: '--on-exit <leave|close>',
    help: 'leave the stream, which Zoom keeps for 60 s, or close it for good',
    parse: choice('leave', 'close'),
    default: 'leave',
  }),
  withBytes: toggle({ spelling: '--with-bytes', help: 'raw: the bytes of media too' }),
} satisfies Flags;

const { noDedupe: _noDedupe, follow: _follow, ...SHARED_RUN_FLAGS } = RUN_FLAGS;
export const RTMS_RUN_FLAGS = SHARED_RUN_FLAGS;
const { record: _record, recordRotate: _rotate, ...SHARED_OUTLET_FLAGS } = OUTLET_FLAGS;
export const RTMS_OUTLET_FLAGS = SHARED_OUTLET_FLAGS;

export const RTMS_FLAGS = {
  ...FROM_FLAGS,
  ...MEDIA_FLAGS,
  ...AUDIO_FLAGS,
  ...VIDEO_FLAGS,
  ...SAVE_FLAGS,
  ...PIPE_FLAGS,
  ...FILTER_FLAGS,
  ...LIMIT_FLAGS,
  ...RTMS_OUTLET_FLAGS,
  ...REDACT_FLAGS,
  ...RTMS_RUN_FLAGS,
  ...LEAVE_FLAGS,
};
export type RtmsValues = Values<typeof RTMS_FLAGS>;
