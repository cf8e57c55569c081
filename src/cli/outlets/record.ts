import { Complaint, type Flags, text, type Values, valueFlag } from '../../config/flag.ts';
import type { Outlet } from '../../outlet/outlet.ts';
import type { Rotation } from '../../recording/index.ts';
import { parseDuration } from '../../time/duration.ts';
import type { OutletContext } from './kind.ts';

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

/** The recording that was asked for; loaded only then. Throws `busy` and `output`. */
export const openRecord = async (
  { record, recordRotate }: Values<typeof RECORD_FLAGS>,
  { host: { clock, pid, cwd }, notify }: OutletContext,
): Promise<Outlet | undefined> => {
  if (record === undefined) return undefined;
  const [{ recordingOutlet }, { resolve }] = await Promise.all([
    import('../../outlet/recording.ts'),
    import('node:path'),
  ]);
  return recordingOutlet(resolve(cwd, record), {
    rotate: recordRotate,
    clock,
    pid,
    onNote: (note) => notify({ kind: 'note', text: note }),
  });
};
