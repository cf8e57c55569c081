import { parseBytes } from '../../config/bytes.ts';
import { Complaint, type Flags, text, type Values, valueFlag } from '../../config/flag.ts';
import type { Outlet } from '../../outlet/outlet.ts';
import type { Rotation } from '../../recording/index.ts';
import { parseDuration } from '../../time/duration.ts';
import type { OutletContext } from './kind.ts';

const ROTATE_FORM = 'a size such as 100MB or a duration such as 1h';

const parseRotation = (value: string): Rotation => {
  const ms = parseDuration(value);
  if (ms !== undefined && ms > 0) return { ms };
  const bytes = parseBytes(value);
  if (bytes === undefined) throw new Complaint(`expected ${ROTATE_FORM}`);
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
