import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Most of a test's time is spent waiting for children and sockets: more workers than processors.
    maxWorkers: 4,
    // Real signals, terminals and processes on a shared machine: one more try, and the report says that there was one.
    retry: 1,
    testTimeout: 60_000,
    expect: { poll: { timeout: 15_000 } },
    hookTimeout: 60_000,
    env: { TZ: 'UTC', NO_COLOR: '1' },
  },
});
