import { MESSAGE } from '../wire/codes.ts';
import type { Product } from '../wire/start-event.ts';
import type { Wishes } from './parts.ts';

/** Events 1 and 7 come unasked; subscribing to them can break things [Zoom's event reference]. */
const PEOPLE = [2, 3, 4];
const SHARING = [5, 6];
const CAMERAS = [8, 9];
const CHAT_GROUPS = [10, 11, 12, 13, 14];
/** Contact Center and Phone: the numbers that have a name. */
const CALLS = Array.from({ length: 22 }, (_, index) => index + 8);

/** The messages that subscribe to events: apart, so that what needs a scope of its own spoils nothing else. */
export const subscriptionsFor = (product: Product, { media }: Wishes): readonly object[] => {
  const isCall = product === 'contact_center' || product === 'phone';
  const groups = isCall ? [CALLS] : [PEOPLE, SHARING, CAMERAS, ...(media.includes('chat') ? [CHAT_GROUPS] : [])];
  return groups.map((group) => ({
    msg_type: MESSAGE.subscribe,
    events: group.map((event_type) => ({ event_type, subscribe: true })),
  }));
};
