import { createAside } from '../../flow/aside.ts';
import { createDedupe } from '../../flow/dedupe.ts';
import { createLagWatch } from '../../flow/lag-watch.ts';
import { explainSilence } from '../../flow/silence.ts';
import { createTally } from '../../flow/tally.ts';
import type { Host } from '../../host.ts';
import { thinned } from '../../notice/thin.ts';
import { withoutPayload } from '../../notice/without-payload.ts';
import type { Invocation } from '../command.ts';
import { closeOutlets, type Onward, openOutlets, outputKind } from '../outlets/index.ts';
import { type Emitted, emit, limitOf, statusWith } from '../shared/emit.ts';
import { keepOf } from '../shared/filter-flags.ts';
import { redactorOf } from '../shared/redact-flags.ts';
import { createStop, type Stop } from '../shared/stop.ts';
import type { TailValues } from './flags.ts';
import type { PreparedSource } from './sources/index.ts';
import { createStatsReport } from './stats-report.ts';
import { tailStatus } from './status.ts';
import { supervise } from './supervision.ts';

/** Runs `tail` to its end, whatever ends it, and answers with the exit status. */
export const runTail = async (
  host: Host,
  invocation: Invocation,
  values: TailValues,
  prepared: PreparedSource,
  onward: Onward,
): Promise<number> => {
  const stop = createStop(host, values.for);
  try {
    return await tailUntil(stop, host, invocation, values, prepared, onward);
  } finally {
    // Also where it could not even begin: a timer of --for would keep the process alive.
    stop.now();
    stop.release();
  }
};

const tailUntil = async (
  stop: Stop,
  host: Host,
  { general, notify, secrets }: Invocation,
  values: TailValues,
  prepared: PreparedSource,
  onward: Onward,
): Promise<number> => {
  const { clock, random, env } = host;
  const redact = await redactorOf(values, host.cwd);
  const supervision = supervise(values, host, notify, stop.signal);
  // Before anything is sent: a recording that cannot be kept is no reason to displace another client.
  const aside = onward.forward && createAside();
  const outlets = await openOutlets(values, {
    ...{ host, general, notify, onward, aside, stop },
    isInterrupted: () => stop.by() !== undefined,
    sourceKey: prepared.key,
  });
  const keep = await keepOf(values);
  const tally = createTally();
  const lagWatch = createLagWatch(notify);
  const limit = limitOf(values);
  const report = values.stats ? await createStatsReport(host, general) : undefined;

  const source = await prepared.open(
    {
      env,
      clock,
      random,
      secrets,
      notify: thinned(redact ? withoutPayload(notify) : notify),
      signal: stop.signal,
      onLive: supervision.setReady,
    },
    { frames: outputKind(values, host.stdout.isTTY === true) === 'raw', frameNotices: general.verbose >= 2 },
  );
  explainSilence(tally, keep, supervision.isReady, clock, notify, stop.signal);

  let end: Emitted;
  try {
    end = await emit(
      source.arrivals,
      {
        keep,
        dedupe: values.noDedupe ? undefined : createDedupe(clock),
        redact,
        outlets,
        limit,
        tally,
        clock,
        onHandled: source.handled,
        onMatched: (arrival) => {
          report?.add(arrival);
          if (arrival.kind === 'event') lagWatch(arrival);
        },
      },
      { stop, clock, aside, onStuck: () => notify({ kind: 'reader-stuck' }) },
    );
  } finally {
    stop.now();
    await source.done;
    notify({ kind: 'finished', ...tally, ...source.totals() });
    await closeOutlets(outlets);
    await report?.print(tally.received);
  }
  const ended = tailStatus({
    ...end,
    by: stop.by(),
    timeIsOver: stop.timeIsOver(),
    hadLimit: values.limit !== undefined,
    wasReady: source.wasReady(),
  });
  const status = statusWith(outlets, ended);
  return end.isStuck ? host.exitNow(status) : status;
};
