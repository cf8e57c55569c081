import type { Connection } from '../../config/connection.ts';
import { createDedupe } from '../../flow/dedupe.ts';
import { createLagWatch } from '../../flow/lag-watch.ts';
import { pump } from '../../flow/pump.ts';
import { explainSilence } from '../../flow/silence.ts';
import { createTally } from '../../flow/tally.ts';
import type { Host } from '../../host.ts';
import { createPresence } from '../../local/presence/index.ts';
import { thinned } from '../../notice/thin.ts';
import type { Output } from '../../outlet/output.ts';
import { streamSink } from '../../outlet/stream.ts';
import { loadSocket, openZoomSocket } from '../../source/zoom-socket/index.ts';
import type { Invocation } from '../command.ts';
import { keepOf } from '../shared/filter-flags.ts';
import { heartbeatOf } from '../shared/heartbeat.ts';
import { createFormat, outputKind } from '../shared/output-flags.ts';
import { openRecordOutput } from '../shared/record-flags.ts';
import { redactorOf } from '../shared/redact-flags.ts';
import { createStop, finishedOrStuck, type Stop } from '../shared/stop.ts';
import type { TailValues } from './flags.ts';
import { createStatsReport } from './stats-report.ts';
import { tailStatus } from './status.ts';
import { supervise } from './supervision.ts';

/** Sooner, the loading would keep the request for the token waiting. */
const TOKEN_ON_ITS_WAY_MS = 2;

/** Runs `tail` to its end, whatever ends it, and answers with the exit status. */
export const runTail = async (
  host: Host,
  invocation: Invocation,
  values: TailValues,
  settings: Connection,
): Promise<number> => {
  const stop = createStop(host, values.for);
  try {
    return await tailUntil(stop, host, invocation, values, settings);
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
  settings: Connection,
): Promise<number> => {
  const { clock, random, env } = host;
  const sink = streamSink(host.stdout, 'stdout');
  sink.gone.addEventListener('abort', stop.now);
  const isRaw = outputKind(values, host.stdout.isTTY === true) === 'raw';
  const output: Output = {
    format: await createFormat(values, general, host),
    sink,
    lifecycle: values.lifecycle,
    control: isRaw,
  };
  const redact = await redactorOf(values, host.cwd);
  const supervision = supervise(values.readyFile, host, notify, stop.signal);
  // Before anything is sent: a recording that cannot be kept is no reason to displace another client.
  const record = await openRecordOutput(values, host, notify, stop.now);
  const keep = keepOf(values);
  const tally = createTally();
  const lagWatch = createLagWatch(notify);
  const limit = values.limit ?? Number.POSITIVE_INFINITY;
  const showPresence = createPresence(settings.subscriptions, host);
  const report = values.stats ? await createStatsReport(host, general) : undefined;

  const socket = openZoomSocket(
    {
      settings,
      heartbeat: heartbeatOf(values),
      maxRetries: values.maxRetries,
      onDisplaced: values.onDisplaced ?? 'exit',
      wantsFrames: isRaw,
      showsFrames: general.verbose >= 2,
    },
    {
      env,
      clock,
      random,
      secrets,
      notify: thinned(notify),
      signal: stop.signal,
      onLive: (live) => {
        supervision.setReady(live);
        showPresence(live);
      },
    },
  );
  // While the token is on its way there is time to load what comes after it.
  clock
    .sleep(TOKEN_ON_ITS_WAY_MS)
    .then(loadSocket)
    .then(host.allLoaded, () => {});
  explainSilence(tally, keep, supervision.isReady, clock, notify, stop.signal);

  const pumped = async (): Promise<void> => {
    await pump(socket.arrivals, {
      keep,
      dedupe: values.noDedupe ? undefined : createDedupe(clock),
      redact,
      // The recording first: it is whole even where the reader of stdout goes away.
      outputs: record ? [record.output, output] : [output],
      limit,
      tally,
      clock,
      onMatched: (arrival) => {
        report?.add(arrival);
        if (arrival.kind === 'event') lagWatch(arrival);
      },
    });
    await sink.close();
  };
  let end: 'finished' | 'stuck' = 'finished';
  try {
    const work = pumped();
    end = await finishedOrStuck(work, stop.signal, clock);
    if (end === 'stuck') {
      notify({ kind: 'reader-stuck' });
      sink.abandon();
      // What waited behind that reader still goes into the recording.
      await finishedOrStuck(work, stop.signal, clock);
    }
  } finally {
    stop.now();
    await socket.done;
    showPresence(false);
    notify({ kind: 'finished', ...tally, ...socket.ledger.totals() });
    await record?.close();
    await report?.print(tally.received);
  }
  const status = tailStatus({
    reachedLimit: tally.emitted >= limit,
    readerGone: end === 'finished' && sink.gone.aborted,
    by: stop.by(),
    timeIsOver: stop.timeIsOver(),
    hadLimit: values.limit !== undefined,
    wasReady: socket.ledger.wasReady(),
  });
  // What is stuck in a pipe would keep the process alive for ever.
  return end === 'stuck' ? host.exitNow(status) : status;
};
