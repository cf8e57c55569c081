import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Plan } from './server/send-events.ts';

export type BenchServer = {
  readonly port: number;
  /** What the next connections are sent. */
  plan(plan: Plan): Promise<void>;
  stop(): void;
};

/** Starts the server in a process of its own. */
export const startServer = async (): Promise<BenchServer> => {
  const child: ChildProcess = fork(fileURLToPath(new URL('./server.js', import.meta.url)));
  const [{ port }] = (await once(child, 'message')) as [{ port: number }];
  return {
    port,
    async plan(plan) {
      child.send(plan);
      await once(child, 'message');
    },
    stop: () => child.disconnect(),
  };
};
