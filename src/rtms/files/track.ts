import { createCoverage } from '../audio/coverage.ts';
import { createPlacement } from './placement.ts';
import type { WavFile } from './wav-file.ts';
import { frameBytes, type WavFormat } from './wav-header.ts';

/** One aligned track: packets at their times, each once, in whatever order they come. */
export type Track = {
  /** Takes a packet; answers with the pieces that were new, by their position. What lies before the start is left out. */
  add(offsetMs: number, data: Buffer): readonly { readonly position: number; readonly data: Buffer }[];
  /** Writes what waits. Throws what the disk says. */
  flush(): void;
  length(): number;
  padTo(frames: number): void;
  close(): void;
};

type Run = { readonly position: number; readonly pieces: Buffer[]; bytes: number };

/** Packets are collected in memory until `flush`, for a write each would be most of the work. */
export const createTrack = (file: WavFile, format: WavFormat): Track => {
  const frame = frameBytes(format);
  const placement = createPlacement(format.rate);
  const coverage = createCoverage(file.length());
  let waiting: Run[] = [];

  const keep = (position: number, data: Buffer): void => {
    const last = waiting.at(-1);
    if (last && last.position + last.bytes / frame === position) {
      last.pieces.push(data);
      last.bytes += data.length;
    } else waiting.push({ position, pieces: [data], bytes: data.length });
  };
  const flush = (): void => {
    const runs = waiting;
    waiting = [];
    for (const { position, pieces } of runs) file.write(position, Buffer.concat(pieces));
  };
  return {
    add(offsetMs, packet) {
      const frames = Math.floor(packet.length / frame);
      const position = placement.place(offsetMs, frames);
      const from = Math.max(0, position);
      const to = position + frames;
      if (to <= from) return [];
      return coverage.add(from, to).map(([start, end]) => {
        const data = packet.subarray((start - position) * frame, (end - position) * frame);
        keep(start, data);
        return { position: start, data };
      });
    },
    flush,
    length: () => waiting.reduce((most, run) => Math.max(most, run.position + run.bytes / frame), file.length()),
    padTo(frames) {
      flush();
      file.padTo(frames);
    },
    close() {
      flush();
      file.close();
    },
  };
};
