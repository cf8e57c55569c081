import { ZoomWsError } from '../errors.ts';
import type { Clock } from '../time/clock.ts';
import { formatDuration } from '../time/duration.ts';
import { type Check, type CheckId, type Finding, fail, NOT_RUN, needsOf, skip } from './check.ts';
import type { DoctorContext } from './context.ts';

export type Result = Pick<Check, 'id' | 'section' | 'title'> & Finding & { readonly durationMs: number };

export type Watchers = {
  /** Hears of each result in the order of the list, as soon as that order allows. */
  readonly onResult: (result: Result) => Promise<void>;
  /** Hears which check is the next to be reported. */
  readonly onWaiting: (check: Check) => void;
};

/**
 * Runs the checks side by side, each as soon as what it needs is over. Bounded in time, whatever hangs: every check has its
 * limit. Rejects with the reason of `context.signal` when that aborts.
 */
export const runChecks = async (
  checks: readonly Check[],
  context: DoctorContext,
  { onResult, onWaiting }: Watchers,
): Promise<readonly Result[]> => {
  const running = new Map<CheckId, Promise<Result>>();
  // A question is asked only below everything that the report says before it.
  const turns = new Map(checks.filter(({ permit }) => permit).map(({ id }) => [id, createTurn()]));
  const start = (check: Check): Promise<Result> => {
    const started = running.get(check.id);
    if (started) return started;
    const ids = [...needsOf(check, context.options), ...(check.after ?? [])];
    const before = checks.filter(({ id }) => ids.includes(id));
    const result = Promise.all(before.map(start)).then((results) =>
      runCheck(check, results, context, turns.get(check.id)),
    );
    // Awaited below, in order; until then its failure must not count as unhandled.
    result.catch(() => {});
    running.set(check.id, result);
    return result;
  };
  for (const check of checks) start(check);
  const results: Result[] = [];
  for (const check of checks) {
    onWaiting(check);
    turns.get(check.id)?.come();
    const result = await start(check);
    results.push(result);
    await onResult(result);
  }
  return results;
};

type Turn = { readonly come: () => void; readonly hasCome: Promise<void> };

const createTurn = (): Turn => {
  let come = () => {};
  const hasCome = new Promise<void>((resolve) => {
    come = resolve;
  });
  return { come, hasCome };
};

const runCheck = async (
  check: Check,
  before: readonly Result[],
  context: DoctorContext,
  turn: Turn | undefined,
): Promise<Result> => {
  const { clock, clean, signal, options } = context;
  const needs = needsOf(check, options);
  const blocker = before.find(({ id, status, isHarmless }) => needs.includes(id) && isBlocking(status, isHarmless));
  if (!blocker) await turn?.hasCome;
  const held = blocker ? skip(reasonOfSkip(blocker)) : await check.permit?.(context);
  signal.throwIfAborted();
  const startedAt = clock.monotonic();
  const found = held ?? (await withinLimit(check, context));
  const durationMs = held ? 0 : Math.round(clock.monotonic() - startedAt);
  const { id, section, title } = check;
  const seen = found.seen === undefined ? {} : { seen: clean(found.seen) };
  return { id, section, title, ...found, ...seen, detail: clean(found.detail), hint: clean(found.hint), durationMs };
};

const isBlocking = (status: Finding['status'], isHarmless = false): boolean =>
  status === 'fail' || (status === 'skip' && !isHarmless);

/** The first cause is what helps: it is passed on unchanged along a chain. */
const reasonOfSkip = ({ id, status, detail }: Result): string => {
  if (status === 'fail') return `${NOT_RUN}${id} failed`;
  return detail.startsWith(NOT_RUN) ? detail : `${NOT_RUN}${id} was skipped (${detail})`;
};

const withinLimit = async (check: Check, context: DoctorContext): Promise<Finding> => {
  const { clock, options } = context;
  const limitMs = typeof check.limitMs === 'function' ? check.limitMs(options) : check.limitMs;
  const over = new AbortController();
  const signal = AbortSignal.any([context.signal, over.signal]);
  try {
    return await Promise.race([findingOf(check, context, signal), tooSlow(limitMs, clock, signal)]);
  } finally {
    over.abort(new Error('the check is over'));
  }
};

const findingOf = async (check: Check, context: DoctorContext, signal: AbortSignal): Promise<Finding> => {
  try {
    return await check.run(context, signal);
  } catch (error) {
    if (!(error instanceof ZoomWsError)) throw error;
    return fail(error.message, error.hint ?? 'Try again later; if it stays, look at https://status.zoom.us.');
  }
};

const tooSlow = async (limitMs: number, clock: Clock, signal: AbortSignal): Promise<Finding> => {
  await clock.sleep(limitMs, signal);
  return fail(
    `no result within ${formatDuration(limitMs)}`,
    'Something between here and Zoom hangs: try again, from another network if you can; behind a proxy set HTTPS_PROXY.',
  );
};
