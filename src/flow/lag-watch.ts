import type { Delivery } from '../event/arrival.ts';
import { eventTs } from '../event/event-facts.ts';
import type { Notify } from '../notice/notice.ts';

/** Events that come later than this after they happened are worth a word. */
const LATE_MS = 60_000;
/** One event a second is looked at: lag concerns all of them, and looking costs. */
const LOOK_EVERY_MS = 1_000;
/** The pause between two words about it; it doubles each time, up to an hour. */
const FIRST_PAUSE_MS = 60_000;
const LONGEST_PAUSE_MS = 3_600_000;

/** Says when events arrive late. Call it with each event. */
export const createLagWatch = (notify: Notify): ((delivery: Delivery) => void) => {
  let lookedAt = Number.NEGATIVE_INFINITY;
  let saidAt = Number.NEGATIVE_INFINITY;
  let pauseMs = 0;
  return (delivery) => {
    const { receivedAt } = delivery;
    if (receivedAt === undefined || receivedAt - lookedAt < LOOK_EVERY_MS) return;
    lookedAt = receivedAt;
    const happenedAt = eventTs(delivery);
    if (happenedAt === undefined || receivedAt - happenedAt < LATE_MS || receivedAt - saidAt < pauseMs) return;
    saidAt = receivedAt;
    pauseMs = Math.min(LONGEST_PAUSE_MS, Math.max(FIRST_PAUSE_MS, pauseMs * 2));
    notify({ kind: 'lagging', type: delivery.type, lagMs: receivedAt - happenedAt });
  };
};
