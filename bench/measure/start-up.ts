import { once } from 'node:events';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import type { BenchServer } from '../connect-server.ts';
import { ZOOM_WS, zoomWsEnv } from '../contestants.ts';
import { readPipe, type Stage, startPipeline } from '../pipeline.ts';

/** Milliseconds from the spawn: to the end of the process, and to the first byte of its output. */
export type StartUp = {
  readonly emptyMs: number;
  readonly versionMs: number;
  readonly helpMs: number;
  readonly firstEventMs: number;
};

/** Nothing, and not even Node's loader for ES modules. */
const EMPTY = fileURLToPath(new URL('../bench/peers/empty.cjs', import.meta.url));

/** One of each, in turn. */
export const measureStartUp = async (server: BenchServer): Promise<StartUp> => {
  await server.plan({ count: 1, perSecond: undefined });
  const node = process.execPath;
  return {
    emptyMs: await untilExit([node, EMPTY]),
    versionMs: await untilExit([node, ZOOM_WS, '--version']),
    helpMs: await untilExit([node, ZOOM_WS, 'tail', '--help']),
    firstEventMs: await untilOutput([node, ZOOM_WS, 'tail'], zoomWsEnv(server.port)),
  };
};

const untilExit = async (stage: Stage): Promise<number> => {
  const startedAt = performance.now();
  const pipeline = startPipeline([stage], {});
  const read = readPipe(pipeline.output, () => {});
  await once(pipeline.stages[0] ?? process, 'exit');
  const ms = performance.now() - startedAt;
  await read;
  await pipeline.stop();
  return ms;
};

const untilOutput = async (stage: Stage, env: Readonly<Record<string, string>>): Promise<number> => {
  const startedAt = performance.now();
  const pipeline = startPipeline([stage], env);
  const ms = await new Promise<number>((resolve) => {
    readPipe(pipeline.output, () => resolve(performance.now() - startedAt)).then(() => resolve(Number.NaN));
  });
  await pipeline.stop();
  return ms;
};
