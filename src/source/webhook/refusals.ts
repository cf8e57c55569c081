import type { Notify } from '../../notice/notice.ts';
import type { Clock } from '../../time/clock.ts';
import type { Reason } from './verdict.ts';

/** After the first of a reason, the rest is told by number, this often. */
const SUMMARY_MS = 10_000;

const WORDS: Readonly<Record<Reason, string>> = {
  path: 'on a path that is not ours',
  method: 'not POST',
  'too-large': 'larger than --max-body',
  encoding: 'a packed body',
  'no-signature': 'no signature or timestamp',
  'malformed-signature': 'a malformed signature or timestamp',
  'wrong-signature': 'a wrong signature',
  'too-old': 'older than --max-age',
  'from-the-future': 'from more than 5 minutes in the future',
  'required-header': 'without a required header',
  'not-utf8': 'signed, but not UTF-8',
  'not-an-event': 'signed, but no event in JSON',
  'malformed-challenge': 'a challenge without a plainToken',
  'broken-http': 'broken HTTP',
  'too-slow': 'too slow',
  'headers-too-large': 'headers over 16 KiB',
};

const HINTS: Partial<Readonly<Record<Reason, string>>> = {
  'wrong-signature':
    'The secret token of another app, or a proxy that changes the body. The Marketplace shows the token under Feature, Event Subscriptions.',
  'too-old': 'Check the clock of this machine. --max-age sets the limit; 0 switches it off.',
  'from-the-future': 'Check the clock of this machine. --max-age 0 switches the limit off.',
  'no-signature': 'Something else than Zoom asks, or a proxy takes the x-zm- headers off.',
};

export type Refusals = {
  add(reason: Reason): void;
  /** Tells what was not told yet. */
  flush(): void;
};

/** Counts refusals by reason: the first is told at once, then their number every ten seconds. */
export const createRefusals = (
  { clock, notify, signal }: { readonly clock: Clock; readonly notify: Notify; readonly signal: AbortSignal },
  emit: (reason: Reason, count: number) => void,
): Refusals => {
  const known = new Set<Reason>();
  const counts = new Map<Reason, number>();
  let isWaiting = false;

  const flush = (): void => {
    for (const [reason, count] of counts) {
      emit(reason, count);
      notify({
        kind: 'warning',
        text: `refused ${count} more ${count === 1 ? 'request' : 'requests'}: ${WORDS[reason]}`,
      });
    }
    counts.clear();
  };
  const wait = async (): Promise<void> => {
    isWaiting = true;
    await clock.sleep(SUMMARY_MS, signal).catch(() => {});
    isWaiting = false;
    if (!signal.aborted) flush();
  };
  return {
    flush,
    add(reason) {
      if (!known.has(reason)) {
        known.add(reason);
        emit(reason, 1);
        return notify({ kind: 'warning', text: `refused a request: ${WORDS[reason]}`, hint: HINTS[reason] });
      }
      counts.set(reason, (counts.get(reason) ?? 0) + 1);
      if (!isWaiting) void wait();
    },
  };
};
