import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { freePort } from './free-port.ts';

/** Debian keeps its programs off the path. */
const ROOT = '/usr/lib/postgresql';
const bin = existsSync(ROOT)
  ? readdirSync(ROOT)
      .map((version) => join(ROOT, version, 'bin'))
      .find((folder) => existsSync(join(folder, 'initdb')))
  : undefined;
const isRoot = process.getuid?.() === 0;

/** Whether there is a PostgreSQL server (Debian: postgresql), and a user to run it, because it refuses to run as root. */
export const hasPostgres = bin !== undefined && (!isRoot || spawnSync('id', ['postgres']).status === 0);

const run = (program: string, args: readonly string[]): void => {
  const command = [join(bin ?? '', program), ...args].map((word) => `'${word}'`).join(' ');
  const { status, stderr } = isRoot
    ? spawnSync('su', ['postgres', '-c', command], {
        encoding: 'utf8',
        cwd: tmpdir(),
        stdio: ['ignore', 'ignore', 'pipe'],
      })
    : spawnSync('sh', ['-c', command], { encoding: 'utf8', stdio: ['ignore', 'ignore', 'pipe'] });
  if (status !== 0) throw new Error(`${program} failed: ${stderr}`);
};

export type PostgresServer = {
  readonly port: number;
  /** The folder of its Unix socket. */
  readonly folder: string;
  readonly user: string;
  /** `postgres://…/events` */
  readonly url: string;
  readonly stop: (mode: 'fast' | 'immediate') => void;
  readonly start: () => void;
};

/** A real server with an empty database `events`, its data in a folder of its own. */
export const startPostgres = async (): Promise<PostgresServer> => {
  const folder = mkdtempSync(join(tmpdir(), 'zoom-ws-pg-'));
  chmodSync(folder, 0o777);
  const data = join(folder, 'data');
  const port = await freePort();
  run('initdb', ['-D', data, '-A', 'trust', '--no-sync']);
  const options = `-p ${port} -k ${folder} -c listen_addresses=127.0.0.1 -c fsync=off`;
  const start = () => run('pg_ctl', ['-D', data, '-o', options, '-l', join(folder, 'log'), '-w', 'start']);
  const stop = (mode: 'fast' | 'immediate') => run('pg_ctl', ['-D', data, '-m', mode, '-w', 'stop']);
  start();
  onTestFinished(() => {
    try {
      stop('immediate');
    } catch {
      // It was stopped by the test.
    }
  });
  const user = isRoot ? 'postgres' : userInfo().username;
  run('createdb', ['-h', folder, '-p', String(port), 'events']);
  return { port, folder, user, url: `postgres://${user}@127.0.0.1:${port}/events`, start, stop };
};
