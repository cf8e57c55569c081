import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import type { BenchServer } from '../connect-server.ts';
import { ZOOM_WS, zoomWsEnv } from '../contestants.ts';
import { readPipe, type Stage, startPipeline } from '../pipeline.ts';

/** Milliseconds from the spawn: to the end of the process, and to the first byte of its output. */
export type StartUp = {
  readonly emptyMs: number;
  readonly versionMs: number;
  readonly firstEventMs: number;
  /** The same by the first run on a machine, which has compiled nothing yet. */
  readonly firstRunMs: number;
};

/** Nothing, and not even Node's loader for ES modules. */
const EMPTY = fileURLToPath(new URL('../bench/peers/empty.cjs', import.meta.url));

/** A run that leaves to the later ones what it compiled. */
export const warmUp = async (server: BenchServer): Promise<void> => {
  await server.plan({ count: 1, perSecond: undefined });
  await untilOutput([process.execPath, ZOOM_WS, 'tail'], zoomWsEnv(server.port));
};

/** One of each, in turn. */
export const measureStartUp = async (server: BenchServer): Promise<StartUp> => {
  await server.plan({ count: 1, perSecond: undefined });
  const node = process.execPath;
  const caches = mkdtempSync(join(tmpdir(), 'zoom-ws-bench-'));
  const startUp = {
    emptyMs: await untilExit([node, EMPTY]),
    versionMs: await untilExit([node, ZOOM_WS, '--version']),
    firstEventMs: await untilOutput([node, ZOOM_WS, 'tail'], zoomWsEnv(server.port)),
    firstRunMs: await untilOutput([node, ZOOM_WS, 'tail'], { ...zoomWsEnv(server.port), XDG_CACHE_HOME: caches }),
  };
  rmSync(caches, { recursive: true });
  return startUp;
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
