import { textAt } from '../facts.ts';
import { nounOf } from '../parts/meeting.ts';
import { choose, id, text } from '../parts/text.ts';
import { also, either, type Part, type Sentences, say, words } from '../say.ts';
import { faint, plain } from '../span.ts';

/** What is being streamed: the first of these that is there, under `payload` or under `payload.object`. */
const SUBJECTS: readonly (readonly [field: string, noun: string | undefined])[] = [
  ['meeting_uuid', undefined],
  ['webinar_uuid', 'webinar'],
  ['session_id', 'session'],
  ['engagement_id', 'engagement'],
  ['call_id', 'call'],
];

const subject: Part = (facts) => {
  for (const [field, noun] of SUBJECTS) {
    const found = textAt(facts.payload, field) ?? textAt(facts.object, field);
    // Zoom calls a webinar's uuid `meeting_uuid` too; then the type says what it is.
    if (found !== undefined) return [plain(` of ${noun ?? nounOf(facts)} `), faint(found)];
  }
  return undefined;
};

const stream = either(id('payload.rtms_stream_id'), id('rtms_stream_id'));

/** Zoom's numbers for why a media stream stopped. */
const reason = choose('payload.stop_reason', {
  1: 'the host stopped it',
  2: 'the user stopped it',
  3: 'the app’s user left',
  4: 'the app’s user was removed',
  5: 'the host disabled the app',
  6: 'the meeting ended',
  7: 'a participant asked for it',
  8: 'revoked: delete what was recorded',
  9: 'the host disabled all apps',
  10: 'an error at Zoom',
  11: 'timed out',
  12: 'the meeting’s connection was lost',
  13: 'the signalling connection was lost',
  14: 'the media connection was lost',
  15: 'the signalling connection was closed abnormally',
  16: 'the media connection was closed abnormally',
  17: 'the server was told to exit',
  18: 'authentication failed',
  19: 'nobody reconnected in time',
  20: 'the receiver closed it',
  21: 'the customer disconnected',
  22: 'the agent disconnected',
  23: 'an administrator disabled the app',
  24: 'keep-alives were not answered',
  25: 'stopped by the API',
  26: 'the queue does not support streaming',
});

/** Realtime Media Streams of any product, by how the event's name ends. */
export const RTMS: Sentences = {
  rtms_started: say`media stream${subject} started${also('stream ', stream)}${also('', text('payload.server_urls'))}`,
  rtms_stopped: say`media stream${subject} stopped: ${either(reason, words('no reason given'))}${also('stream ', stream)}`,
  rtms_interrupted: say`media stream${subject} was interrupted${also('stream ', stream)}`,
};
