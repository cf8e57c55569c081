import { CONNECTION_FLAGS, HEARTBEAT_FLAGS, RETRY_FLAGS } from '../../config/connection-flags.ts';
import { readFlags } from '../../config/read-flags.ts';
import { ZoomWsError } from '../../errors.ts';
import { EXIT_OK } from '../../exit-codes.ts';
import type { Command } from '../command.ts';
import { FILTER_FLAGS, FILTER_NOTES, filterWarnings, leftoverWords } from '../shared/filter-flags.ts';
import { REDACT_FLAGS } from '../shared/redact-flags.ts';
import { DOTENV_FLAGS } from '../shared/settings.ts';
import { LIMIT_FLAGS } from '../tail/flags.ts';
import {
  AUDIO_FLAGS,
  FROM_FLAGS,
  LEAVE_FLAGS,
  MEDIA_FLAGS,
  PIPE_FLAGS,
  RTMS_FLAGS,
  RTMS_OUTLET_FLAGS,
  RTMS_RUN_FLAGS,
  SAVE_FLAGS,
} from './flags.ts';
import { KEY_FLAGS } from './key-flags.ts';
import { VIDEO_FLAGS } from './video-flags.ts';
import { mediaComplaints } from './wishes.ts';

const NOTES = `Streams come from the event socket, whose settings are those of tail, unless --from or --join is given. The app must be
subscribed to the rtms_started and rtms_stopped events. A transcript is billed: Zoom counts the whole session as transcribed as
soon as one is requested, and it is requested by default. Participants must know that a meeting is being transcribed or recorded.

${FILTER_NOTES}

Exit codes: 0 done as asked, 1 a stream was given up, or --for was over and none had started, 2 wrong usage or settings, 3 Zoom
refused the signature or all media, 4 the stream belongs to another client, 124 --for was over before --limit events had come,
129 SIGHUP, 130 SIGINT.`;

export const command: Command = {
  words: '',
  flags: [
    { title: 'Which streams:', flags: FROM_FLAGS },
    { title: 'Which media:', flags: MEDIA_FLAGS },
    { title: 'Audio:', flags: AUDIO_FLAGS },
    { title: 'Video and shared screen:', flags: VIDEO_FLAGS },
    { title: 'Files and pipes:', flags: { ...SAVE_FLAGS, ...PIPE_FLAGS } },
    { title: 'Which events are printed:', flags: FILTER_FLAGS },
    { title: 'How long:', flags: { ...LIMIT_FLAGS, ...LEAVE_FLAGS } },
    { title: 'How they are written:', flags: { ...RTMS_OUTLET_FLAGS, ...RTMS_RUN_FLAGS, ...REDACT_FLAGS } },
    { title: 'Connection to the event socket:', flags: { ...HEARTBEAT_FLAGS, ...RETRY_FLAGS } },
    {
      title: 'Settings (flag, then environment, then .env):',
      flags: { ...CONNECTION_FLAGS, ...KEY_FLAGS, ...DOTENV_FLAGS },
    },
  ],
  examples: [
    ['zoom-ws rtms --demo', 'see what it looks like, without an account'],
    ['zoom-ws rtms', 'live captions of every stream that starts'],
    ['zoom-ws rtms --save ./meetings', 'and aligned audio tracks, transcript and chat as files'],
    [
      'zoom-ws rtms --media transcript --language german -o ndjson | jq --unbuffered -r .payload.object.text',
      'text for a script',
    ],
    ['zoom-ws rtms --join start.json', 'the stream of one start event'],
    ['zoom-ws rtms --join start.json --audio-to - | ffplay -f s16le -ar 16000 -', 'listen to it'],
    ["zoom-ws tail -e '*rtms_*' | zoom-ws rtms --from -", 'start events from another command'],
  ],
  notes: NOTES,
  async run(host, invocation) {
    const { typed, words, notify } = invocation;
    if (words.length > 0) throw leftoverWords(words);
    const { values, complaints: malformed } = readFlags(RTMS_FLAGS, typed);
    const complaints = [...malformed, ...mediaComplaints(values)];
    const places = [
      values.from !== undefined && '--from',
      values.join !== undefined && '--join',
      values.demo && '--demo',
    ];
    if (places.filter(Boolean).length > 1) {
      throw new ZoomWsError('usage', `${places.filter(Boolean).join(' and ')}: expected one of them at most.`, {
        hint: 'Each says where streams come from.',
      });
    }
    for (const text of await filterWarnings(values, { knowsPaths: false })) notify({ kind: 'warning', text });
    if (values.limit === 0 && complaints.length === 0) return EXIT_OK;
    const { prepare } = await import('./prepare.ts');
    return prepare(host, invocation, values, complaints);
  },
};
