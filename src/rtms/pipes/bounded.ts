import type { Writable } from 'node:stream';

/** So much audio may wait for whoever reads it: ten seconds. */
const MOST_SECONDS = 10;
const BYTES = 2;

/** Writes PCM to a stream within bounds: what a slow reader leaves is dropped, and told with its length afterwards. */
export const createBounded = (stream: Writable, rate: number, onMissed: (ms: number) => void) => {
  const most = MOST_SECONDS * rate * BYTES;
  let missed = 0;
  const tell = (): void => {
    if (missed === 0) return;
    onMissed(Math.round((missed * 1000) / (rate * BYTES)));
    missed = 0;
  };
  return {
    write(pcm: Buffer) {
      if (stream.destroyed || stream.writableEnded) return;
      if (stream.writableLength + pcm.length > most) {
        missed += pcm.length;
        return;
      }
      tell();
      stream.write(pcm);
    },
    tell,
  };
};
