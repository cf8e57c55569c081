import type { Arrivals } from '../../event/arrival.ts';
import { EXIT_OK, SIGNAL_EXIT_CODES } from '../../exit-codes.ts';
import type { Keep } from '../../flow/keep.ts';
import type { Host } from '../../host.ts';
import type { Notify } from '../../notice/notice.ts';
import { streamSink } from '../../outlet/stream.ts';
import { arrivalTime, type Input, openInputs, readRecordings } from '../../recording/index.ts';
import { untilAborted, within } from '../../source/replay/index.ts';
import { usesUnicode } from '../../stats/index.ts';
import { useColor } from '../../terminal/use-color.ts';
import type { General, Invocation } from '../command.ts';
import { createDamageReport } from '../shared/damage-report.ts';
import { keepOf, wantedTypes } from '../shared/filter-flags.ts';
import { listenForStop } from '../shared/interrupt.ts';
import { createProgress } from '../shared/progress.ts';
import { windowOf } from '../shared/window-flags.ts';
import { type Answer, type AnswerStyle, answerFor } from './answer.ts';
import type { StatsValues } from './flags.ts';

/** Where there is no terminal to ask. */
const PAGE_COLUMNS = 80;
const PAGE_ROWS = 24;

/** Reads the recordings and prints what was asked for; after a signal, what was read until then. */
export const runStats = async (host: Host, invocation: Invocation, values: StatsValues): Promise<number> => {
  const { words, general } = invocation;
  const inputs = await openInputs(words, { cwd: host.cwd, stdin: () => host.stdin });
  const interrupt = listenForStop(host);
  try {
    const progress = createProgress(host, inputs, !general.quiet);
    const notify: Notify = (notice) => {
      progress.clear();
      invocation.notify(notice);
    };
    const answer = answerFor(values, pageStyle(host, general, values));
    const damage = createDamageReport(notify);
    const counts = { events: 0, damaged: 0 };
    // How long a recording lasts is told by events of any type.
    const wants = values.meetings ? undefined : wantedTypes(values);
    const window = await windowOf(values, inputs);
    const all = readRecordings(inputs, { wants, checksAll: values.strict, onDamage: damage.tell, counts });
    const batches = progress.watch(window === undefined ? all : within(all, window, arrivalTime));
    await gather(untilAborted(batches, interrupt.signal), await keepOf(values), answer);
    damage.summarize();
    const sink = streamSink(host.stdout, 'stdout');
    await sink.write(await answer.text(counts));
    await sink.close();
    const error = values.strict ? damage.error() : undefined;
    if (error) throw error;
  } finally {
    interrupt.release();
    if (interrupt.signal.aborted) abandon(inputs, host);
    else await Promise.all(inputs.map((input) => input.close()));
  }
  const by = interrupt.by();
  return by === undefined ? EXIT_OK : SIGNAL_EXIT_CODES[by];
};

const gather = async (batches: Arrivals, keep: Keep, answer: Answer): Promise<void> => {
  for await (const batch of batches) {
    for (const arrival of batch) {
      if (arrival.kind !== 'event' || keep.keeps(arrival)) answer.add(arrival);
      else answer.passOver(arrival);
    }
  }
};

/** A pending read of stdin would keep the process alive. */
const abandon = (inputs: readonly Input[], { stdin }: Pick<Host, 'stdin'>): void => {
  if (inputs.some(({ file }) => file === undefined)) stdin.destroy();
};

const pageStyle = (host: Host, { color }: General, { utc, top }: StatsValues): AnswerStyle => ({
  color: useColor(color, host.env, host.stdout.isTTY === true),
  columns: host.stdout.columns ?? PAGE_COLUMNS,
  rows: host.stdout.rows ?? PAGE_ROWS,
  top,
  unicode: usesUnicode(host.env),
  utc,
  isTerminal: host.stdout.isTTY === true,
});
