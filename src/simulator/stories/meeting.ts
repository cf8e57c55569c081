import { createAttendance } from './attendance.ts';
import { recording } from './recording.ts';
import { type Beat, beginning, iso, type Stage, type Story } from './stage.ts';

/** Recurring, at a fixed time: the type that has occurrences, which the documented fields include. */
const RECURRING = 8;

/** A meeting from its creation to its recording. */
export function* meetingStory(stage: Stage): Story {
  const { draw, now } = stage;
  const planned = stage.scene();
  const fixed = { 'payload.object.type': RECURRING };
  const tell = (type: string, more: Beat['overrides'] = {}): Beat => ({
    type,
    scene,
    overrides: { ...fixed, ...more },
  });
  let scene = beginning(planned, now() + 5 * 60_000);

  yield tell('meeting.created', { 'payload.operation': 'all' });
  if (draw.int(0, 3) === 0) yield tell('meeting.updated');
  // Early guests are early: a meeting starts when someone starts it.
  scene = beginning(planned, now());
  yield tell('meeting.started');

  const [host, ...others] = scene.people;
  const guests = others.slice(0, draw.int(2, 5));
  const attendance = createAttendance('meeting', scene, fixed, stage);
  yield attendance.come(host);
  const recorded = draw.int(0, 3) > 0;
  const recordingFrom = now();
  const recordingTimes = { 'payload.object.recording_file.recording_start': iso(recordingFrom) };
  if (recorded) yield tell('recording.started', recordingTimes);

  for (const guest of guests) {
    if (draw.int(0, 3) === 0) yield* attendance.comeThroughWaitingRoom(guest);
    else yield attendance.come(guest);
  }
  const [speaker = host, unlucky = host] = guests;
  const screen = {
    'payload.object.participant.sharing_details.content': draw.pick(['desktop', 'application', 'whiteboard']),
    'payload.object.participant.sharing_details.link_source': 'in_meeting',
  };
  yield attendance.told('sharing_started', speaker, screen);
  if (draw.int(0, 1) === 0) yield attendance.told('chat_message_sent', speaker);
  if (draw.int(0, 2) === 0) yield* attendance.comeBack(unlucky);
  yield attendance.told('sharing_ended', speaker, screen);
  yield* attendance.everyoneLeaves();
  if (recorded) {
    const stopped = { ...recordingTimes, 'payload.object.recording_file.recording_end': iso(now()) };
    yield tell('recording.stopped', stopped);
  }
  const endedAt = now();
  yield tell('meeting.ended', { 'payload.object.end_time': iso(endedAt) });
  if (recorded) yield* recording(scene, fixed, { from: recordingFrom, to: endedAt }, stage);
  if (draw.int(0, 2) === 0) {
    const times = { 'payload.object.meeting_end_time': iso(endedAt), 'payload.object.summary_end_time': iso(endedAt) };
    yield tell('meeting.summary_completed', times);
  }
}
