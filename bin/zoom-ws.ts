#!/usr/bin/env node
// The only file that knows `process`: builds a Host, runs, sets the exit status.
import { closeSync, openSync } from 'node:fs';
import nodeModule from 'node:module';
import { devNull } from 'node:os';
import process from 'node:process';
import type { Host, StopSignal } from '../src/host.ts';
import { version } from '../src/version.ts';

const SIGNALS: readonly StopSignal[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

const STDOUT = 1;

const argv = process.argv.slice(2);
if (argv.length === 1 && argv[0] === '--version') {
  // Answered before anything is loaded: scripts ask this, and it should cost no more than Node itself.
  process.stdout.write(`${version}\n`);
} else {
  void start();
}

async function start(): Promise<void> {
  // Node 22.8 and later keep compiled code between runs; Node 20 does not know the function.
  (nodeModule as { enableCompileCache?: () => unknown }).enableCompileCache?.();
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
    ...standardStreams(process.stdout, process.stderr),
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
