import { formatDuration } from '../../time/duration.ts';
import { EVENT_SUBSCRIPTIONS } from '../../zoom/marketplace.ts';
import { type Check, pass, warn } from '../check.ts';

const TYPES_SHOWN = 5;

export const eventsReceived: Check = {
  id: 'events.received',
  section: 6,
  title: 'at least one event comes',
  needs: ['socket.accepted'],
  // Where the others listen to the end anyway, it counts all; alone, the first event will do.
  after: ['socket.exclusive', 'events.lag'],
  limitMs: ({ waitMs }) => waitMs + 5_000,
  async run({ session, options }) {
    await Promise.race([session.firstCounted, session.listened()]);
    const { counted, types, odd } = session.received();
    const time = formatDuration(session.listenedMs());
    const all = [...types.values()].reduce((sum, count) => sum + count, 0);
    const unreadable = odd === 0 ? '' : `; ${odd} frames could not be read`;
    if (counted > 0) return pass(`${listed(types)}${unreadable}`);
    if (all > 0) {
      return warn(
        `no event of --event ${options.eventWords} in ${time}, but others: ${listed(types)}${unreadable}`,
        `Select the event type and save: ${EVENT_SUBSCRIPTIONS}, your subscription, Add Events. "zoom-ws events" lists the names; or cause such an event within a longer --wait.`,
      );
    }
    const ended = session.lines().some((line) => line.end() !== undefined);
    return warn(
      ended
        ? `no event came in the ${time} until the connection ended${unreadable}`
        : `connected, but no event came in ${time}${unreadable}`,
      `Either nothing happened, or the subscription selects other events. To cause one: start and end a meeting of a user of this account while "zoom-ws doctor --yes --wait 2m" runs. If none comes: ${EVENT_SUBSCRIPTIONS}, your subscription, Add Events, then Save; and see that its method is WebSocket.`,
    );
  },
};

const listed = (types: ReadonlyMap<string, number>): string => {
  const sorted = [...types].sort(([, most], [, more]) => more - most);
  const shown = sorted.slice(0, TYPES_SHOWN).map(([type, count]) => `${type || '(no type)'} ${count}`);
  const rest = sorted.length - shown.length;
  return `${shown.join(', ')}${rest > 0 ? ` and ${rest} more types` : ''}`;
};
