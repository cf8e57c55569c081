import type { Notify } from '../../notice/notice.ts';
import { type PlayDeps, typeOf } from '../../simulator/index.ts';
import type { Clock } from '../../time/clock.ts';
import { formatDuration } from '../../time/duration.ts';

/** Faster than this, a line per event is too fast to read. */
const READABLE_PER_SECOND = 10;
const SUMMARY_EVERY_MS = 10_000;

/** Says what is sent: each event where that can be read, else a line every ten seconds. */
export const createSentNotes = ({
  clock,
  notify,
  perSecond,
}: {
  readonly clock: Clock;
  readonly notify: Notify;
  readonly perSecond: number;
}): PlayDeps => {
  const say = (text: string) => notify({ kind: 'simulated', what: 'sent', text, detail: false });
  let since = clock.monotonic();
  let events = 0;
  const summarize = (texts: readonly string[], receivers: number) => {
    events += texts.length;
    const ms = clock.monotonic() - since;
    if (ms < SUMMARY_EVERY_MS) return;
    say(`sent ${events} events in ${formatDuration(ms)}, ${to(receivers)} now`);
    since = clock.monotonic();
    events = 0;
  };
  return {
    clock,
    slow: (waitedMs) =>
      notify({
        kind: 'simulated',
        what: 'slow',
        text: `a client reads slowly: everything waited ${formatDuration(waitedMs)} for it, nothing is lost`,
        detail: false,
      }),
    sent: (texts, receivers) => {
      if (perSecond > READABLE_PER_SECOND) summarize(texts, receivers);
      else for (const text of texts) say(`sent ${typeOf(text)} ${to(receivers)}`);
    },
  };
};

const to = (receivers: number): string => {
  if (receivers === 0) return 'to nobody';
  return receivers === 1 ? 'to 1 client' : `to ${receivers} clients`;
};
