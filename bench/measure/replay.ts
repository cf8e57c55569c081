import { once } from 'node:events';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { createBlock } from '../block.ts';
import { checkOutput } from '../check-output.ts';
import { ZOOM_WS } from '../contestants.ts';
import { BLOCK, EVENT_ENDS, eventTexts } from '../events.ts';
import type { Faults } from '../inspect-lines.ts';
import { readPipe, type Stage, startPipeline } from '../pipeline.ts';

export type Filtering = { readonly seconds: number; readonly faults: Faults };

/** The tools that pick the `meeting.*` events out of a recording. */
export const filterTools = (file: string): Readonly<Record<'zoom-ws' | 'jq' | 'grep', Stage>> => ({
  'zoom-ws': [process.execPath, ZOOM_WS, 'replay', '--event', 'meeting.*', file],
  jq: ['jq', '-c', 'select(.event | startswith("meeting."))', file],
  grep: ['grep', '^{"event":"meeting\\.', file],
});

/** Runs one of them to its end. */
export const measureFilter = async (stage: Stage, count: number): Promise<Filtering> => {
  const checker = checkOutput({ shape: 'event', meetingsOnly: true, count });
  const startedAt = performance.now();
  const pipeline = startPipeline([stage], { LC_ALL: 'C.UTF-8' });
  await readPipe(pipeline.output, checker.take);
  const seconds = (performance.now() - startedAt) / 1000;
  await pipeline.stop();
  return { seconds, faults: checker.faults() };
};

/** Writes a recording of plain events, and runs `use` with it. */
export const withRecording = async (count: number, use: (file: string) => Promise<void>): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'zoom-ws-bench-'));
  const file = join(folder, 'recording.ndjson');
  const end = Buffer.from('\n');
  const block = createBlock(eventTexts(), EVENT_ENDS, () => ({ before: Buffer.alloc(0), after: end }));
  const stream = createWriteStream(file);
  for (let written = 0; written < count; written += BLOCK) {
    block.stamp(written, 1, 0);
    const part = Buffer.from(block.bytes.subarray(0, block.at(Math.min(BLOCK, count - written))));
    if (!stream.write(part)) await once(stream, 'drain');
  }
  stream.end();
  await once(stream, 'close');
  try {
    await use(file);
  } finally {
    rmSync(folder, { recursive: true });
  }
};
