import type { EpochMs } from '../time/clock.ts';
import type { Arrival } from './arrival.ts';
import { eventTs } from './event-facts.ts';

/** When it was received, else when Zoom says it happened (`event_ts`); undefined where a recording says neither. */
export const arrivalTime = (arrival: Arrival): EpochMs | undefined => {
  if (arrival.receivedAt !== undefined || arrival.kind === 'control') return arrival.receivedAt;
  return eventTs(arrival);
};
