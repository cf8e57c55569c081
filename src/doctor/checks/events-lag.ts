import { formatDuration } from '../../time/duration.ts';
import { type Check, pass, skip, warn } from '../check.ts';
import { eventsNeeds, eventsSeen, LOOK_MS } from '../events-seen.ts';

/** As `tail` shows it: a lag up to this is nothing to speak of. */
const USUAL_LAG_MS = 2_000;
/** One event as late as this is worth a word, however prompt the others are. */
const LATE_MS = 60_000;
/** Below this the clocks are as good as equal, and nothing is corrected. */
const CLOCKS_DIFFER_MS = 1_500;

export const eventsLag: Check = {
  id: 'events.lag',
  section: 5,
  title: 'events come soon after they happened',
  needs: eventsNeeds,
  limitMs: ({ waitMs }) => waitMs + LOOK_MS,
  async run(context) {
    const seen = await eventsSeen(context);
    if ('status' in seen) return seen;
    const { p50, p95, max } = seen.figures.lagMs;
    if (p50 === undefined || p95 === undefined || max === undefined) {
      return skip(`no event says when it happened (${seen.what})`);
    }
    // A recording was made at another time, perhaps on another machine: nothing is known of that clock.
    const offsetMs = context.options.hasRecording ? 0 : (context.tokens.clockOffsetMs() ?? 0);
    const ahead = Math.abs(offsetMs) > CLOCKS_DIFFER_MS ? offsetMs : 0;
    const corrected = ahead === 0 ? '' : ', corrected for the clock of this machine';
    const shown = [p50, p95, max].map((ms) => signed(ms - ahead));
    const detail = `half within ${shown[0]}, 95 % within ${shown[1]}, the latest ${shown[2]} (${seen.what}${corrected})`;
    return p95 - ahead > USUAL_LAG_MS || max - ahead > LATE_MS
      ? warn(
          detail,
          'Zoom delivers late at times, by hours even: use event_ts for the time of an event, and do not take silence for absence. If it stays, look at https://status.zoom.us and ask Zoom with the times above.',
        )
      : pass(detail);
  },
};

const signed = (ms: number): string => (ms < 0 ? `-${formatDuration(-ms)}` : formatDuration(ms));
