import { type Check, pass, warn } from '../check.ts';
import { eventsNeeds, eventsSeen, LOOK_MS } from '../events-seen.ts';

export const eventsDuplicates: Check = {
  id: 'events.duplicates',
  section: 5,
  title: 'no event comes twice',
  needs: eventsNeeds,
  limitMs: ({ waitMs }) => waitMs + LOOK_MS,
  async run(context) {
    const seen = await eventsSeen(context);
    if ('status' in seen) return seen;
    const { events, repeats } = seen.figures;
    return repeats === 0
      ? pass(`no exact repeat among ${seen.what}`)
      : warn(
          `${repeats} of ${events} events ${repeats === 1 ? 'is an exact repeat' : 'are exact repeats'} (${seen.what})`,
          'Make handlers idempotent: tail leaves exact repeats out by itself (unless --no-dedupe), and --meta gives each event an id that is the same for the same content. If everything comes twice, look for a second subscription or a second consumer that forwards.',
        );
  },
};
