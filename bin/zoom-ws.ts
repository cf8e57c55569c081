#!/usr/bin/env node
// The only file that knows `process`: builds a Host, runs, sets the exit status.
import { closeSync, openSync } from 'node:fs';
import { devNull } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import type { Host, StopSignal } from '../src/host.ts';
import { version } from '../src/version.ts';

const SIGNALS: readonly StopSignal[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

const STDOUT = 1;

/** By then everything has been used once, if there is a connection at all. */
const STARTED_MS = 2_000;

const argv = process.argv.slice(2);
if (argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V')) {
  // Answered before anything is loaded: scripts ask this, and it should cost no more than Node itself.
  process.stdout.write(`${version}\n`);
} else {
  void start();
}

async function start(): Promise<void> {
  const { useCompileCache } = await import('../src/start/compile-cache.ts');
  const compileCache = useCompileCache(join(import.meta.dirname, 'lib'), {
    env: process.env,
    platform: process.platform,
    pid: process.pid,
    uid: process.geteuid?.(),
    runtime: `${process.version}-${process.arch}`,
  });
  process.once('exit', compileCache.keep);
  // A long run would end without the functions of its start: V8 lets go of what is not used.
  setTimeout(compileCache.keep, STARTED_MS).unref();
  const { run, standardStreams, systemClock } = await import('../src/main.ts');
  const host: Host = {
    argv,
    env: process.env,
    cwd: process.cwd(),
    pid: process.pid,
    platform: process.platform,
    nodeVersion: process.versions.node,
    get stdin() {
      return process.stdin;
    },
    ...(await standardStreams(process.stdout, process.stderr)),
    clock: systemClock,
    random: Math.random,
    closeStdout() {
      closeSync(STDOUT);
      // Takes the place of the descriptor, so that no socket gets it and what is written by mistake goes nowhere.
      openSync(devNull, 'w');
    },
    onSignal(listener) {
      for (const signal of SIGNALS) process.on(signal, listener);
      return () => {
        for (const signal of SIGNALS) process.off(signal, listener);
      };
    },
    exitNow: (status) => process.exit(status),
  };
  process.exitCode = await run(host);
}
