import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { freePort } from './free-port.ts';

/** Whether there is a `nats-server` (Debian: nats-server). */
export const hasNats = spawnSync('nats-server', ['--version']).status === 0;

export type NatsServer = {
  readonly url: string;
  readonly port: number;
  readonly kill: (signal: NodeJS.Signals) => void;
  /** Starts it again, after it was killed, on the same port with the same data. */
  readonly restart: () => Promise<void>;
};

/** A real server with JetStream, its data in a folder of its own. `config`: lines for its configuration file. */
export const startNats = async (config = ''): Promise<NatsServer> => {
  const folder = mkdtempSync(join(tmpdir(), 'zoom-ws-nats-'));
  const port = await freePort();
  const file = join(folder, 'nats.conf');
  writeFileSync(
    file,
    `port: ${port}\nhost: "127.0.0.1"\njetstream { store_dir: "${join(folder, 'js')}" }\n${config}\n`,
  );
  let child: ChildProcess;
  const start = async (): Promise<void> => {
    child = spawn('nats-server', ['-c', file], { stdio: 'ignore' });
    while (!(await answers(port))) await new Promise((resolve) => setTimeout(resolve, 20));
  };
  await start();
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  return {
    url: `nats://127.0.0.1:${port}`,
    port,
    kill: (signal) => child.kill(signal),
    async restart() {
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
      await start();
    },
  };
};

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('data', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
