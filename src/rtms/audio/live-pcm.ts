import type { Clock } from '../../time/clock.ts';

/** Packets may overtake one another by this much. */
const REORDER_MS = 150;
const TICK_MS = 20;
const BYTES = 2;

/** One track as a steady stream of s16le: in order, with silence where nothing came, a little behind the speaker. */
export type LivePcm = {
  /** Takes PCM by its offset from the stream's start; what overlaps is added up. What is too late is left out. */
  add(offsetMs: number, data: Buffer): void;
  /** Nothing is written until the next packet, which begins where it stands. */
  pause(): void;
  /** Writes what is left, and ends. */
  end(): void;
  /** Ends, and writes nothing more. */
  stop(): void;
};

export type LivePcmParts = {
  readonly rate: number;
  readonly packetMs: number;
  readonly clock: Clock;
  /** Where it begins, in milliseconds from the stream's start; with the first packet otherwise. */
  readonly from?: number;
  /** Told with the time of its first sample. */
  readonly write: (pcm: Buffer, atMs: number) => void;
};

/** Zoom's time is guessed from the packet that came earliest of its time; the guess forgets a millisecond each second. */
const FORGETS_PER_MS = 0.001;

export const createLivePcm = ({ rate, packetMs, clock, from, write }: LivePcmParts): LivePcm => {
  const behindMs = packetMs + REORDER_MS;
  const over = new AbortController();
  let pending = Buffer.alloc(0);
  /** How many bytes of `pending` hold something. */
  let filled = 0;
  let cursor = from === undefined ? undefined : Math.round((from * rate) / 1000);
  let lead = from === undefined ? Number.NEGATIVE_INFINITY : from - clock.monotonic();
  let ledAt = clock.monotonic();

  const emit = (frames: number): void => {
    if (frames <= 0 || cursor === undefined) return;
    const bytes = frames * BYTES;
    const out = Buffer.alloc(bytes);
    pending.copy(out, 0, 0, Math.min(bytes, filled));
    pending.copyWithin(0, Math.min(bytes, filled), filled);
    filled = Math.max(0, filled - bytes);
    pending.fill(0, filled);
    const at = cursor;
    cursor += frames;
    write(out, (at * 1000) / rate);
  };
  const tick = (): void => {
    if (cursor === undefined) return;
    const now = clock.monotonic() + lead - (clock.monotonic() - ledAt) * FORGETS_PER_MS;
    emit(Math.floor(((now - behindMs) * rate) / 1000) - cursor);
  };
  const run = async (): Promise<void> => {
    while (!over.signal.aborted) {
      await clock.sleep(TICK_MS, over.signal).catch(() => {});
      if (!over.signal.aborted) tick();
    }
  };
  run();
  return {
    add(offsetMs, data) {
      const position = Math.round((offsetMs * rate) / 1000);
      const frames = Math.floor(data.length / BYTES);
      const now = clock.monotonic();
      const mine = offsetMs + (frames * 1000) / rate - now;
      const faded = lead - (now - ledAt) * FORGETS_PER_MS;
      lead = Math.max(faded, mine);
      ledAt = now;
      cursor ??= position;
      const skip = Math.max(0, cursor - position);
      const at = (position + skip - cursor) * BYTES;
      const end = at + (frames - skip) * BYTES;
      if (skip >= frames) return;
      if (end > pending.length) {
        const larger = Buffer.alloc(Math.max(end, pending.length * 2));
        pending.copy(larger, 0, 0, filled);
        pending = larger;
      }
      for (let from = skip, to = at; from < frames; from += 1, to += BYTES) {
        const sum = pending.readInt16LE(to) + data.readInt16LE(from * BYTES);
        pending.writeInt16LE(Math.max(-32_768, Math.min(32_767, sum)), to);
      }
      filled = Math.max(filled, end);
    },
    pause() {
      emit(filled / BYTES);
      cursor = undefined;
    },
    end() {
      emit(filled / BYTES);
      over.abort();
    },
    stop: () => over.abort(),
  };
};
