import { EXIT_OK, SIGNAL_EXIT_CODES } from '../../exit-codes.ts';
import { pump } from '../../flow/pump.ts';
import { createTally } from '../../flow/tally.ts';
import type { Host } from '../../host.ts';
import type { Notify } from '../../notice/notice.ts';
import type { Output } from '../../outlet/output.ts';
import { streamSink } from '../../outlet/stream.ts';
import { type Input, openInputs } from '../../recording/index.ts';
import { untilAborted } from '../../source/replay/index.ts';
import type { Invocation } from '../command.ts';
import { createDamageReport } from '../shared/damage-report.ts';
import { keepOf, wantedTypes } from '../shared/filter-flags.ts';
import { createFormat } from '../shared/output-flags.ts';
import { createProgress } from '../shared/progress.ts';
import { openRecordOutput } from '../shared/record-flags.ts';
import { redactorOf } from '../shared/redact-flags.ts';
import { createStop, finishedOrStuck, type Stop } from '../shared/stop.ts';
import type { ReplayValues } from './flags.ts';
import { refuseOwnInput } from './own-input.ts';
import { replayed } from './replayed.ts';

/** Runs `replay` to its end, whatever ends it, and answers with the exit status. */
export const runReplay = async (host: Host, invocation: Invocation, values: ReplayValues): Promise<number> => {
  const inputs = await openInputs(invocation.words, { cwd: host.cwd, stdin: () => host.stdin });
  const stop = createStop(host, undefined);
  try {
    if (values.record !== undefined) refuseOwnInput(values.record, inputs, host);
    const record = await openRecordOutput(values, host, invocation.notify, stop.now);
    let end: { readonly status: number; readonly isStuck: boolean };
    try {
      end = await emit(host, invocation, values, inputs, stop, record?.output);
    } finally {
      stop.now();
      await record?.close();
    }
    // What is stuck in a pipe would keep the process alive for ever.
    return end.isStuck ? host.exitNow(end.status) : end.status;
  } finally {
    await Promise.all(inputs.map((input) => input.close()));
    stop.release();
  }
};

const emit = async (
  host: Host,
  { general, notify: notifyNow }: Invocation,
  values: ReplayValues,
  inputs: readonly Input[],
  stop: Stop,
  recorded: Output | undefined,
): Promise<{ readonly status: number; readonly isStuck: boolean }> => {
  const { clock, cwd } = host;
  const isFast = values.speed === undefined || values.speed === Number.POSITIVE_INFINITY;
  const progress = createProgress(host, inputs, isFast && !values.follow && !general.quiet);
  const notify: Notify = (notice) => {
    progress.clear();
    notifyNow(notice);
  };
  const sink = streamSink(host.stdout, 'stdout');
  sink.gone.addEventListener('abort', stop.now);
  const format = await createFormat(values, general, host);
  const output: Output = { format, sink, lifecycle: values.lifecycle, control: false };
  const damage = createDamageReport(notify);
  const counts = { events: 0, damaged: 0 };
  const tally = createTally();
  const limit = values.limit ?? Number.POSITIVE_INFINITY;
  const redact = await redactorOf(values, cwd);
  const read = { wants: wantedTypes(values), checksAll: values.strict, counts, onDamage: damage.tell };
  const batches = await replayed(inputs, values, read, { host, notify, signal: stop.signal });

  const pumped = async (): Promise<void> => {
    await pump(untilAborted(progress.watch(batches), stop.signal), {
      keep: keepOf(values),
      // Repeats in a recording are replayed as they are.
      dedupe: undefined,
      redact,
      outputs: recorded ? [recorded, output] : [output],
      limit,
      tally,
      clock,
    });
    await sink.close();
  };
  const end = await finishedOrStuck(pumped(), stop.signal, clock);
  damage.summarize();
  notify({ kind: 'note', text: `done: ${counts.events} events read, ${tally.emitted} emitted` });
  const by = sink.gone.aborted || tally.emitted >= limit ? undefined : stop.by();
  const error = values.strict ? damage.error() : undefined;
  if (error) throw error;
  return { status: by === undefined ? EXIT_OK : SIGNAL_EXIT_CODES[by], isStuck: end === 'stuck' };
};
