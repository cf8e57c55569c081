import { ZoomWsError } from '../../errors.ts';
import type { Host } from '../../host.ts';
import { type Input, openInputs, readRecordings } from '../../recording/index.ts';

export type FileEvent = { readonly type: string; readonly raw: string };

/** What is sent is held in memory; a whole recording is for `simulate --from`. */
const LARGEST_FILE = 64 * 1024 * 1024;

/**
 * The events of a file: a recording (also .gz), or one event as JSON over several lines. Throws `input` if it cannot
 * be read or holds none.
 */
export const readEventFile = async (host: Host, name: string): Promise<readonly FileEvent[]> => {
  const [input] = await openInputs([name], { cwd: host.cwd, stdin: () => host.stdin });
  if (input === undefined) return [];
  const bytes = await readAll(input);
  const single = oneObject(bytes.toString());
  const events = single ?? (await linesOf({ ...input, chunks: once(bytes) }));
  if (events.length > 0) return events;
  throw new ZoomWsError('input', `"${name}" holds no event.`, {
    hint: 'It may hold one event as JSON, or a recording with one event on each line.',
  });
};

const readAll = async (input: Input): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of input.chunks) {
      size += chunk.length;
      if (size > LARGEST_FILE) {
        throw new ZoomWsError('input', `"${input.name}" is larger than 64 MiB.`, {
          hint: 'Play a large recording with "zoom-ws simulate --from".',
        });
      }
      // The reader may use its block again.
      chunks.push(Buffer.from(chunk));
    }
  } finally {
    await input.close();
  }
  return Buffer.concat(chunks);
};

/** The event of a file that is one JSON object over several lines. */
const oneObject = (text: string): readonly FileEvent[] | undefined => {
  if (!text.trim().includes('\n')) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    const { _meta, ...event } = value as Record<string, unknown>;
    return [{ type: String(event.event ?? ''), raw: JSON.stringify(event) }];
  } catch {
    return undefined;
  }
};

async function* once(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}

const linesOf = async (input: Input): Promise<readonly FileEvent[]> => {
  const events: FileEvent[] = [];
  const damaged: string[] = [];
  const batches = readRecordings([input], {
    counts: { events: 0, damaged: 0 },
    onDamage: ({ line, why }) => damaged.push(`line ${line ?? '?'}: ${why}`),
  });
  for await (const batch of batches) {
    for (const arrival of batch) if (arrival.kind === 'event') events.push({ type: arrival.type, raw: arrival.raw });
  }
  if (damaged.length === 0) return events;
  throw new ZoomWsError('input', `"${input.name}" cannot be read: ${damaged.slice(0, 3).join('; ')}.`, {
    hint: 'Expected one event as JSON, or one on each line.',
  });
};
