import process from 'node:process';
import type { BenchServer } from '../connect-server.ts';
import { peer } from '../contestants.ts';
import { BLOCK, eventTexts, frameText } from '../events.ts';
import { readPipe, startPipeline } from '../pipeline.ts';

/** How many events a second the server sends to a client that looks at nothing: no client can be faster. */
export const measureCeiling = async (server: BenchServer, blocks: number): Promise<number> => {
  const count = blocks * BLOCK;
  await server.plan({ count, perSecond: undefined });
  const bytes = eventTexts().reduce((sum, text) => sum + Buffer.byteLength(frameText(text)), 0) * blocks;
  const pipeline = startPipeline([[process.execPath, peer('drain'), String(server.port), String(bytes)]]);
  let said = '';
  await readPipe(pipeline.output, (chunk) => {
    said += chunk;
  });
  await pipeline.stop();
  return count / (Number(said) / 1000);
};
