import type { Host } from '../../host.ts';
import type { Notify } from '../../notice/notice.ts';
import {
  arrivalTime,
  type Batches,
  followRecording,
  type Input,
  merge,
  type ReadOptions,
  readRecordings,
} from '../../recording/index.ts';
import { paced, within } from '../../source/replay/index.ts';
import { formatDuration } from '../../time/duration.ts';
import { keepOf } from '../shared/filter-flags.ts';
import { windowOf } from '../shared/window-flags.ts';
import type { ReplayValues } from './flags.ts';

export type ReplayedParts = {
  readonly host: Pick<Host, 'clock'>;
  readonly notify: Notify;
  readonly signal: AbortSignal;
};

/** A wait of at least this long is announced. */
const LONG_WAIT_MS = 10_000;

/** What the recordings hold, in the order of time, within `--since` and `--until`, at the pace of `--speed`. */
export const replayed = async (
  inputs: readonly Input[],
  values: ReplayValues,
  read: ReadOptions,
  { host: { clock }, notify, signal }: ReplayedParts,
): Promise<Batches> => {
  const window = await windowOf(values, inputs);
  const onNote = (text: string) => notify({ kind: 'note', text });
  const all = values.follow
    ? merge(inputs.map((input) => followRecording(input, read, { clock, signal, onNote })))
    : readRecordings(inputs, read);
  const wanted = window === undefined ? all : within(all, window, arrivalTime);
  const factor = values.speed;
  if (factor === Number.POSITIVE_INFINITY) return wanted;
  const keep = await keepOf(values);
  const emitsLifecycle = values.lifecycle || values.record !== undefined;
  return paced(wanted, {
    factor,
    timeOf: arrivalTime,
    matters: (arrival) => (arrival.kind === 'event' ? keep.keeps(arrival) : emitsLifecycle),
    clock,
    signal,
    onWait: (ms) => {
      if (ms >= LONG_WAIT_MS) onNote(`the next event comes in ${formatDuration(ms)}`);
    },
  });
};
