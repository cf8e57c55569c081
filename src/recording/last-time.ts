import { arrivalTime } from '../event/arrival-time.ts';
import type { EpochMs } from '../time/clock.ts';
import type { Input } from './input.ts';
import { readError } from './read-error.ts';
import { readFile } from './read-file.ts';
import { readRecording } from './read-recording.ts';

/** How much of the end of a plain file is looked at before all of it is read. */
const TAIL_BYTES = 2 ** 20;

/**
 * The time of the last event of the recordings, or of the last `zoom_ws.*` event where there is no other; undefined where
 * nothing has a time. Of a plain file only the end is read; a `.gz` has to be read whole.
 */
export const lastTime = async (inputs: readonly Input[]): Promise<EpochMs | undefined> => {
  const times = await Promise.all(inputs.map(lastTimeOf));
  return times.reduce(
    (last, time) => (last === undefined || (time !== undefined && time > last) ? time : last),
    undefined,
  );
};

const lastTimeOf = async ({ name, file }: Input): Promise<EpochMs | undefined> => {
  if (file === undefined) return undefined;
  const start = Math.max(0, file.stats.size - TAIL_BYTES);
  const head = Buffer.alloc(2);
  await file.handle.read(head, 0, head.length, 0).catch((error: unknown) => Promise.reject(readError(name, error)));
  const isPlain = head[0] !== undefined && head[0] >= 0x09 && head[0] < 0x80 && head[1] !== 0;
  const atEnd = isPlain ? await lastTimeIn(name, readFile(file.handle, TAIL_BYTES, start)) : undefined;
  if (atEnd !== undefined || (isPlain && start === 0)) return atEnd;
  return lastTimeIn(name, readFile(file.handle, TAIL_BYTES, 0));
};

const lastTimeIn = async (name: string, chunks: AsyncIterable<Buffer>): Promise<EpochMs | undefined> => {
  let event: EpochMs | undefined;
  let lifecycle: EpochMs | undefined;
  // Damage is told when the recording is read in earnest.
  const options = { onDamage: () => {}, counts: { events: 0, damaged: 0 } };
  for await (const batch of readRecording({ name }, chunks, options)) {
    for (const arrival of batch) {
      const time = arrivalTime(arrival);
      if (time === undefined) continue;
      if (arrival.kind === 'event') event = time;
      else lifecycle = time;
    }
  }
  return event ?? lifecycle;
};
