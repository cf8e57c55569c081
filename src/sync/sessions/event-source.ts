import type { Arrivals } from '../../event/arrival.ts';
import type { EpochMs } from '../../time/clock.ts';
import type { SyncConfig } from '../config/config.ts';
import type { Keys } from '../ledger/keys.ts';
import { addressOf } from '../people/person.ts';
import type { Extra, Found } from './found.ts';
import type { EventMemory } from './from-events.ts';
import { jobOf } from './job.ts';
import { matters, readEvent, type SyncEvent } from './read-event.ts';

export type EventSourceDeps = {
  readonly config: SyncConfig;
  readonly keys: Keys;
  readonly memory: EventMemory;
  readonly settleMs: number;
  readonly now: () => EpochMs;
};

/** Makes jobs of events: registrations at once, people after the end, recordings when they are ready. */
export async function* foundInEvents(arrivals: Arrivals, deps: EventSourceDeps): AsyncGenerator<Found> {
  for await (const batch of arrivals) {
    for (const arrival of batch) {
      if (arrival.kind !== 'event' || !matters(arrival.type)) continue;
      const event = readEvent(arrival, deps.now());
      if (event === undefined) continue;
      deps.memory.add(arrival, event);
      yield* jobsIn(event, deps);
    }
  }
}

function* jobsIn(event: SyncEvent, { config, keys, settleMs, now }: EventSourceDeps): Generator<Found> {
  const { kind, number, uuid, occurrence, start } = event;
  const isWanted = kind === 'meeting' ? config.sync.participants : config.sync.webinars;
  const extra: Extra = { topic: event.topic, timezone: event.timezone, hostEmail: event.hostEmail, at: event.at };
  const about = { kind, number, uuid, occurrence, start };
  const { verb } = event;
  // In the order in which things happened, also where all of them are past.
  const due = Math.min(event.at, now());
  if (isWanted && verb === 'ended') {
    const over = (event.end ?? now()) + settleMs;
    yield { job: jobOf({ ...about, id: `session ${uuid}`, what: 'session', end: event.end, due: over }), extra };
  }
  if (isWanted && (verb === 'registered' || verb === 'cancelled') && event.registrant !== undefined) {
    const person = keys.contact(addressOf(event.registrant.email));
    const id = `${verb} ${person} ${number} ${occurrence || start}`;
    const more = { registrant: event.registrant, isCancelled: verb === 'cancelled' };
    yield { job: jobOf({ ...about, id, what: 'registration', person, due }), extra: { ...extra, ...more } };
  }
  if (verb === 'recording' && config.sync.recordings && config.events.has('recording')) {
    const job = jobOf({ ...about, id: `recording ${uuid}`, what: 'recording', due });
    yield { job, extra: { ...extra, recording: event.recording } };
  }
  if (isWanted && (verb === 'started' || verb === 'ended' || verb === 'joined') && config.events.has(verb)) {
    const { email = '', name = '' } = event.participant ?? {};
    if (verb === 'joined' && email === '') return;
    const person = verb === 'joined' ? keys.contact(addressOf(email)) : '';
    const job = jobOf({ ...about, id: `${verb} ${uuid} ${person}`, what: 'moment', person, due });
    yield { job, extra: { ...extra, moment: { verb, email: addressOf(email), name } } };
  }
}
