import type { Person, Scene } from '../../catalogue/index.ts';
import { type Beat, iso, type Stage, type Story, withGuest } from './stage.ts';

const LEAVE_REASONS = ['left the meeting', 'left the meeting', 'network connection error'] as const;

/** The people who come to a meeting or webinar, and go. `kind` is the family: `meeting`, `webinar`. */
export const createAttendance = (kind: 'meeting' | 'webinar', scene: Scene, fixed: Beat['overrides'], stage: Stage) => {
  const { draw, now } = stage;
  const inside = new Map<Person, Beat['overrides']>();

  const told = (verb: string, person: Person, more: Beat['overrides'] = {}): Beat => ({
    type: `${kind}.${verb}`,
    scene: withGuest(scene, person),
    overrides: { ...fixed, ...inside.get(person), ...more },
  });
  const come = (person: Person): Beat => {
    // A new uuid for each stay, as Zoom has it; the person keeps every other id.
    inside.set(person, { 'payload.object.participant.participant_uuid': draw.guid() });
    return told('participant_joined', person, { 'payload.object.participant.join_time': iso(now()) });
  };
  const go = (person: Person, reason: string): Beat => {
    const beat = told('participant_left', person, {
      'payload.object.participant.leave_time': iso(now()),
      'payload.object.participant.leave_reason': reason,
    });
    inside.delete(person);
    return beat;
  };

  /** Somebody comes by way of the waiting room. */
  function* comeThroughWaitingRoom(person: Person): Story {
    yield told('participant_joined_waiting_room', person);
    yield told('participant_admitted', person);
    yield told('participant_left_waiting_room', person);
    yield come(person);
  }
  /** Somebody's connection breaks, and they are back. */
  function* comeBack(person: Person): Story {
    yield go(person, 'network connection error');
    yield come(person);
  }
  /** Some leave, and the end of the meeting puts the others out, the host last. */
  function* everyoneLeaves(): Story {
    const guests = [...inside.keys()].filter((person) => person !== scene.people[0]);
    for (const person of guests) {
      yield go(person, draw.int(0, 2) === 0 ? draw.pick(LEAVE_REASONS) : `Host ended the ${kind}.`);
    }
    if (inside.has(scene.people[0])) yield go(scene.people[0], `Host ended the ${kind}.`);
  }
  return { told, come, comeThroughWaitingRoom, comeBack, everyoneLeaves };
};
