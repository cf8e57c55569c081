import { type Check, pass, warn } from '../check.ts';
import { eventsNeeds, eventsSeen, LOOK_MS } from '../events-seen.ts';

export const eventsOrder: Check = {
  id: 'events.order',
  section: 5,
  title: 'events come in the order they happened',
  needs: eventsNeeds,
  limitMs: ({ waitMs }) => waitMs + LOOK_MS,
  async run(context) {
    const seen = await eventsSeen(context);
    if ('status' in seen) return seen;
    const { events, outOfOrder } = seen.figures;
    return outOfOrder === 0
      ? pass(`in order: ${seen.what}`)
      : warn(
          `${outOfOrder} of ${events} events came out of order: older than one that came before (${seen.what})`,
          'Do not rely on the order of arrival: compare event_ts, and let an older event not overwrite a newer state.',
        );
  },
};
