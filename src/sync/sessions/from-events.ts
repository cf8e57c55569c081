import type { Delivery } from '../../event/arrival.ts';
import { createMeetings, type MeetingsBuilder } from '../../stats/index.ts';
import { addressOf } from '../people/person.ts';
import type { Registrant, StayRow } from '../people/stay.ts';
import type { Gathered } from './gathered.ts';
import type { Job } from './job.ts';
import type { SyncEvent } from './read-event.ts';

/** Sessions and registrations as events tell them, for where Zoom is not asked or does not answer. */
export type EventMemory = {
  add(delivery: Delivery, event: SyncEvent): void;
  /** What the events say of a session; undefined if none came. */
  gather(job: Job): Gathered | undefined;
};

type Registered = { readonly event: SyncEvent; readonly registrant: Registrant };
type Remembered = { readonly builder: MeetingsBuilder; last: SyncEvent; comings: number; hostEmail: string };

/** So many comings and goings are remembered over all sessions; beyond it the oldest session is forgotten. */
const REMEMBERED = 60_000;
/** A start may differ so much from the plan that registrations name. */
const NEAR_MS = 6 * 3_600_000;

export const createEventMemory = (): EventMemory => {
  const sessions = new Map<string, Remembered>();
  const registered = new Map<string, Map<string, Registered>>();
  let comings = 0;

  const forgetOldest = (): void => {
    for (const [uuid, { comings: some }] of sessions) {
      if (comings <= REMEMBERED || sessions.size === 1) return;
      sessions.delete(uuid);
      comings -= some;
    }
  };
  const register = (event: SyncEvent): void => {
    const { registrant, verb } = event;
    if (registrant === undefined) return;
    const key = `${event.kind} ${event.number}`;
    const people = registered.get(key) ?? new Map<string, Registered>();
    registered.set(key, people);
    const id = `${event.occurrence} ${registrant.id || addressOf(registrant.email)}`;
    if (verb === 'registered') people.set(id, { event, registrant });
    else if (verb === 'cancelled' || verb === 'denied') people.delete(id);
  };

  return {
    add(delivery, event) {
      register(event);
      if (!['started', 'ended', 'joined', 'left'].includes(event.verb)) return;
      const known = sessions.get(event.uuid) ?? { builder: createMeetings(), last: event, comings: 0, hostEmail: '' };
      sessions.set(event.uuid, known);
      known.builder.add(delivery);
      known.last = event;
      known.comings += 1;
      comings += 1;
      forgetOldest();
    },
    gather(job) {
      const known = sessions.get(job.uuid);
      const meeting = known?.builder.finish().meetings.at(-1);
      if (known === undefined || meeting === undefined) return undefined;
      const start = meeting.started ?? job.start;
      const people = [...(registered.get(`${job.kind} ${job.number}`)?.values() ?? [])].filter(
        ({ event }) =>
          event.uuid === job.uuid ||
          event.start === undefined ||
          start === undefined ||
          Math.abs(event.start - start) < NEAR_MS,
      );
      return {
        session: {
          kind: job.kind,
          id: meeting.meetingId || job.number,
          uuid: job.uuid,
          topic: meeting.topic || known.last.topic,
          start,
          end: meeting.ended ?? job.end,
          hostEmail: meeting.host.email,
          timezone: known.last.timezone,
          occurrenceId: undefined,
        },
        rows: meeting.stays.map(
          ({ participant, joined, left }): StayRow => ({
            email: participant.email,
            registrantId: participant.registrantId,
            name: participant.name,
            join: joined,
            leave: left,
            seconds: undefined,
            isWaiting: false,
            isInternal: false,
          }),
        ),
        registrants: people.map(({ registrant }) => registrant),
        absentees: undefined,
        panelists: new Set(),
      };
    },
  };
};
