import { Complaint, type Flags, text, type Values, valueFlag } from '../../config/flag.ts';
import { createNdjson } from '../../format/ndjson.ts';
import type { Host } from '../../host.ts';
import type { Notify } from '../../notice/notice.ts';
import type { Output } from '../../outlet/output.ts';
import type { Rotation } from '../../recording/index.ts';
import { parseDuration } from '../../time/duration.ts';

const ROTATE_FORM = 'a size such as 100MB or a duration such as 1h';

/** Units as disks are sold (1000) and as memory is counted (1024); case does not matter, the B does: `10m` are minutes. */
const UNITS = { B: 1, KB: 1e3, MB: 1e6, GB: 1e9, KIB: 2 ** 10, MIB: 2 ** 20, GIB: 2 ** 30 } as const;

const parseRotation = (value: string): Rotation => {
  const ms = parseDuration(value);
  if (ms !== undefined && ms > 0) return { ms };
  const [, amount, unit] = /^(\d+(?:\.\d+)?)\s*([KMG]?I?B)$/i.exec(value.trim()) ?? [];
  const factor = UNITS[unit?.toUpperCase() as keyof typeof UNITS] as number | undefined;
  const bytes = Math.floor(Number(amount) * (factor ?? Number.NaN));
  if (!Number.isSafeInteger(bytes) || bytes <= 0) throw new Complaint(`expected ${ROTATE_FORM}`);
  return { bytes };
};

/** Recording what is emitted: for every command that emits events. */
export const RECORD_FLAGS = {
  record: valueFlag({
    spelling: '--record <file>',
    help: 'append matching events, with _meta, and all zoom_ws.* events to a file; .gz compresses',
    parse: text,
  }),
  recordRotate: valueFlag({
    spelling: '--record-rotate <size or duration>',
    help: 'begin a new file at this size on disk (100MB) or age (1h); the finished one gets the time in its name',
    parse: parseRotation,
  }),
} satisfies Flags;

/** What is wrong with these flags together. */
export const recordComplaints = ({ record, recordRotate }: Values<typeof RECORD_FLAGS>): readonly string[] =>
  recordRotate !== undefined && record === undefined
    ? ['--record-rotate: expected --record <file> beside it, there is nothing to rotate.']
    : [];

/** A recording as one of the outputs of a run. */
export type RecordOutput = {
  readonly output: Output;
  /** Resolves when everything is on disk; throws what made the recording fail, if something did. */
  close(): Promise<void>;
};

/**
 * Opens the recording, or answers undefined where none was asked for. `stop` ends the run as soon as the recording cannot
 * go on; the reason is thrown by `close`. Throws `busy` and `output`.
 */
export const openRecordOutput = async (
  { record, recordRotate }: Values<typeof RECORD_FLAGS>,
  { clock, pid, cwd }: Pick<Host, 'clock' | 'pid' | 'cwd'>,
  notify: Notify,
  stop: () => void,
): Promise<RecordOutput | undefined> => {
  if (record === undefined) return undefined;
  const [{ openRecording }, { resolve }] = await Promise.all([import('../../recording/index.ts'), import('node:path')]);
  const recording = await openRecording(resolve(cwd, record), {
    rotate: recordRotate,
    clock,
    pid,
    onNote: (note) => notify({ kind: 'note', text: note }),
    onFailure: stop,
  });
  const sink = {
    write: (lines: string | Buffer) => recording.append(lines.toString()),
    close: recording.close,
    gone: new AbortController().signal,
  };
  const output = { format: createNdjson({ meta: true }), sink, lifecycle: true, control: false };
  return { output, close: recording.close };
};
