import { EXIT_OK, SIGNAL_EXIT_CODES } from '../../exit-codes.ts';
import { type Aside, createAside } from '../../flow/aside.ts';
import { createTally } from '../../flow/tally.ts';
import type { Host } from '../../host.ts';
import type { Notify } from '../../notice/notice.ts';
import type { Outlet } from '../../outlet/outlet.ts';
import { type Input, openInputs } from '../../recording/index.ts';
import { untilAborted } from '../../source/replay/index.ts';
import type { Invocation } from '../command.ts';
import { closeOutlets, type Onward, openOutlets } from '../outlets/index.ts';
import { createDamageReport } from '../shared/damage-report.ts';
import { type Emitted, emit, limitOf, statusWith } from '../shared/emit.ts';
import { keepOf, wantedTypes } from '../shared/filter-flags.ts';
import { createProgress } from '../shared/progress.ts';
import { redactorOf } from '../shared/redact-flags.ts';
import { createStop, type Stop } from '../shared/stop.ts';
import type { ReplayValues } from './flags.ts';
import { refuseOwnInput } from './own-input.ts';
import { replayed } from './replayed.ts';

/** Runs `replay` to its end, whatever ends it, and answers with the exit status. */
export const runReplay = async (
  host: Host,
  invocation: Invocation,
  values: ReplayValues,
  onward: Onward,
): Promise<number> => {
  const inputs = await openInputs(invocation.words, { cwd: host.cwd, stdin: () => host.stdin });
  const stop = createStop(host, undefined);
  try {
    if (values.record !== undefined) refuseOwnInput(values.record, inputs, host);
    const { general, notify } = invocation;
    const aside = onward.forward && createAside();
    const outlets = await openOutlets(values, {
      ...{ host, general, notify, onward, aside, stop },
      isInterrupted: () => stop.by() !== undefined,
    });
    let end: Emitted;
    try {
      end = await replayInto(outlets, host, invocation, values, inputs, stop, aside);
    } finally {
      stop.now();
      await closeOutlets(outlets);
    }
    const by = end.readerGone || end.reachedLimit ? undefined : stop.by();
    const status = statusWith(outlets, by === undefined ? EXIT_OK : SIGNAL_EXIT_CODES[by]);
    return end.isStuck ? host.exitNow(status) : status;
  } finally {
    await Promise.all(inputs.map((input) => input.close()));
    stop.release();
  }
};

/** Throws what `--strict` makes of a damaged recording. */
const replayInto = async (
  outlets: readonly Outlet[],
  host: Host,
  { general, notify: notifyNow }: Invocation,
  values: ReplayValues,
  inputs: readonly Input[],
  stop: Stop,
  aside: Aside | undefined,
): Promise<Emitted> => {
  const { clock, cwd } = host;
  const isFast = values.speed === Number.POSITIVE_INFINITY;
  const progress = createProgress(host, inputs, isFast && !values.follow && !general.quiet);
  const notify: Notify = (notice) => {
    progress.clear();
    notifyNow(notice);
  };
  const damage = createDamageReport(notify);
  const counts = { events: 0, damaged: 0 };
  const tally = createTally();
  const redact = await redactorOf(values, cwd);
  const read = { wants: wantedTypes(values), checksAll: values.strict, counts, onDamage: damage.tell };
  const batches = await replayed(inputs, values, read, { host, notify, signal: stop.signal });
  const end = await emit(
    untilAborted(progress.watch(batches), stop.signal),
    // Repeats in a recording are replayed as they are.
    { keep: await keepOf(values), dedupe: undefined, redact, outlets, limit: limitOf(values), tally, clock },
    { stop, clock, aside },
  );
  damage.summarize();
  notify({ kind: 'note', text: `done: ${counts.events} events read, ${tally.emitted} emitted` });
  const error = values.strict ? damage.error() : undefined;
  if (error) throw error;
  return end;
};
