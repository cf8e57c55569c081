import type { Notify } from '../../notice/notice.ts';
import type { Clock } from '../../time/clock.ts';
import type { Answer } from './client.ts';
import type { Job } from './lanes.ts';
import type { ForwardOptions } from './options.ts';
import type { Outcome } from './outcome.ts';
import { reserialised } from './reserialised.ts';

/** Above this, a line for each is too fast to read. */
const READABLE_PER_SECOND = 20;
const SECOND_MS = 1_000;
/** Zoom waits this long for an answer. */
const ZOOMS_PATIENCE_MS = 3_000;
const SHOWN_RESPONSE = 2_000;
/** Statuses that say "not from you". */
const REFUSALS: ReadonlySet<number> = new Set([400, 401, 403]);

type ReportOptions = Pick<ForwardOptions, 'shown' | 'tellsAll' | 'showsResponse' | 'isRedacted' | 'body'>;

/** Says what becomes of each delivery, as far as anybody wants to know. */
export type Report = {
  attempt(job: Job, outcome: Outcome, answer: Answer | undefined, ms: number, retryInMs: number | undefined): void;
  givenUp(job: Job, why: string): void;
  rounded(): void;
};

export const createReport = (
  options: ReportOptions,
  { clock, notify, signal }: { readonly clock: Clock; readonly notify: Notify; readonly signal: AbortSignal },
): Report => {
  const said = new Set<string>();
  const once = (what: string, say: () => void): void => {
    if (said.has(what)) return;
    said.add(what);
    say();
  };
  const line = createLines(clock, notify, signal);
  return {
    attempt({ id, delivery, body, failures }, outcome, answer, ms, retryInMs) {
      if (outcome.kind === 'unreachable') return;
      const what = outcome.status ?? (outcome.kind === 'failed' ? outcome.error : '');
      const text = `[${what}] POST ${options.shown} ${delivery.type} ${id} ${Math.round(ms)} ms`;
      if (outcome.kind === 'delivered') {
        if (options.tellsAll) line(true, text);
      } else if (retryInMs === undefined) line(false, text);
      else line(false, `${text}; attempt ${failures + 1} in ${(retryInMs / 1000).toFixed(1)} s`);
      if (answer !== undefined && ms > ZOOMS_PATIENCE_MS)
        once('slow', () =>
          notify({
            kind: 'warning',
            text: `the handler took ${(ms / 1000).toFixed(1)} s to answer: Zoom would have sent it again`,
          }),
        );
      if (options.showsResponse && answer !== undefined && answer.text !== '')
        notify({ kind: 'note', text: `answer: ${JSON.stringify(answer.text.slice(0, SHOWN_RESPONSE))}` });
      if (outcome.kind === 'final' && REFUSALS.has(outcome.status) && options.body === 'raw') suspect(body);
    },
    givenUp: ({ id, delivery }, why) => line(false, `given up: ${delivery.type} ${id}: ${why}`),
    rounded: () =>
      once('rounded', () =>
        notify({
          kind: 'warning',
          text: '--forward-body stringify changes numbers beyond 2^53: what is posted is rounded',
        }),
      ),
  };

  function suspect(body: string): void {
    const difference = reserialised(body);
    if (difference === undefined) return;
    once('reserialised', () => {
      const { field, position, sent, again } = difference;
      const where = options.isRedacted
        ? `at position ${position}`
        : `in ${field === '' ? `position ${position}` : field}, \`${sent}\` became \`${again}\``;
      notify({
        kind: 'warning',
        text: `the handler probably hashes re-serialised JSON instead of the raw body: the two differ ${where}`,
        hint: 'Let it hash the bytes as they came, as Zoom signs them; or try --forward-body stringify.',
      });
    });
  }
};

/** One line each while that can be read, else one a second. */
const createLines = (clock: Clock, notify: Notify, signal: AbortSignal) => {
  let since = clock.monotonic();
  let lines = 0;
  let good = 0;
  let bad = 0;
  const summarize = async (): Promise<void> => {
    await clock.sleep(SECOND_MS, signal).catch(() => {});
    const text = `forwarded: ${good} delivered, ${bad} failed in the last second`;
    if (bad > 0) notify({ kind: 'warning', text });
    else notify({ kind: 'note', text });
    good = 0;
    bad = 0;
  };
  return (isGood: boolean, text: string): void => {
    const now = clock.monotonic();
    if (now - since >= SECOND_MS) {
      since = now;
      lines = 0;
    }
    lines += 1;
    const isSummed = good + bad > 0;
    if (lines <= READABLE_PER_SECOND && !isSummed) {
      return notify(isGood ? { kind: 'note', text } : { kind: 'warning', text });
    }
    if (isGood) good += 1;
    else bad += 1;
    if (!isSummed) void summarize();
  };
};
