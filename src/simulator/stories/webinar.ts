import { createAttendance } from './attendance.ts';
import { recording } from './recording.ts';
import { type Beat, beginning, iso, type Stage, type Story, withGuest } from './stage.ts';

/** Recurring, at a fixed time: the type that has occurrences, which the documented fields include. */
const RECURRING_WEBINAR = 9;

const SEATS = 4;

/** A webinar: people register, some are let in, it takes place. */
export function* webinarStory(stage: Stage): Story {
  const { draw, now } = stage;
  const planned = stage.scene();
  const fixed = { 'payload.object.type': RECURRING_WEBINAR };
  let scene = beginning(planned, now() + 60 * 60_000);
  const tell = (type: string, more: Beat['overrides'] = {}): Beat => ({
    type,
    scene,
    overrides: { ...fixed, ...more },
  });

  yield tell('webinar.created', { 'payload.operation': 'all', 'payload.object.creation_source': 'web_portal' });
  const [host, ...others] = scene.people;
  const registrants = others.slice(0, draw.int(2, 5));
  for (const person of registrants) {
    const registers = { ...fixed, 'payload.object.registrant.status': 'pending' };
    yield { type: 'webinar.registration_created', scene: withGuest(scene, person), overrides: registers };
  }
  for (const [place, person] of registrants.entries()) {
    // The last of many is turned away.
    const verb = place === SEATS ? 'denied' : 'approved';
    yield { type: `webinar.registration_${verb}`, scene: withGuest(scene, person), overrides: fixed };
  }
  scene = beginning(planned, now());
  const startedAt = now();
  yield tell('webinar.started');
  const attendance = createAttendance('webinar', scene, fixed, stage);
  yield attendance.come(host);
  for (const person of registrants.slice(0, SEATS)) yield attendance.come(person);
  yield attendance.told('sharing_started', host, { 'payload.object.participant.sharing_details.content': 'desktop' });
  yield attendance.told('sharing_ended', host, { 'payload.object.participant.sharing_details.content': 'desktop' });
  yield* attendance.everyoneLeaves();
  const endedAt = now();
  yield tell('webinar.ended', { 'payload.object.end_time': iso(endedAt), 'payload.object.practice_session': false });
  yield* recording(scene, fixed, { from: startedAt, to: endedAt }, stage);
}
