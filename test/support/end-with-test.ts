import type { ChildProcess } from 'node:child_process';
import { onTestFinished } from 'vitest';

/** Kills a detached child with all that it started when the test is over, however it ended. */
export const endWithTest = (child: ChildProcess): void => {
  onTestFinished(() => {
    try {
      process.kill(-(child.pid ?? 0), 'SIGKILL');
    } catch {
      // It has ended, as it should.
    }
  });
};
