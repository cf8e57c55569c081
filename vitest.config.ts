import { defineConfig } from 'vitest/config';

/** Tests that send signals or look at a real terminal: on a busy machine the kernel delivers late, so each may try once more. */
const SIGNALS_AND_TERMINALS = [
  'test/**/*.test.ts',
  'test/cli/completion/index.test.ts',
  'test/cli/doctor/index.test.ts',
  'test/cli/listen/index.test.ts',
  'test/cli/outlets/forward.test.ts',
  'test/cli/outlets/publish-nats.test.ts',
  'test/cli/outlets/publish-postgres.test.ts',
  'test/cli/replay/index.test.ts',
  'test/cli/rtms/files.test.ts',
  'test/cli/rtms/run.test.ts',
  'test/cli/rtms/video.test.ts',
  'test/cli/shared/record-trials.test.ts',
  'test/cli/shared/record.test.ts',
  'test/cli/simulate/forward.test.ts',
  'test/cli/simulate/index.test.ts',
  'test/cli/stats/index.test.ts',
  'test/cli/sync/crash.test.ts',
  'test/cli/sync/faults.test.ts',
  'test/cli/tail/exit.test.ts',
  'test/cli/tail/from.test.ts',
  'test/cli/tail/many.test.ts',
  'test/cli/tail/memory.test.ts',
  'test/cli/tail/network.test.ts',
  'test/cli/tail/pipes.test.ts',
  'test/cli/tail/settings.test.ts',
  'test/cli/tail/supervision.test.ts',
  'test/cli/tail/terminal.test.ts',
  'test/cli/tail/trust.test.ts',
  'test/cli/trigger/index.test.ts',
  'test/local/presence/index.test.ts',
];

export default defineConfig({
  test: {
    // Most of a test's time is spent waiting for children and sockets: more workers than processors.
    maxWorkers: 4,
    testTimeout: 60_000,
    expect: { poll: { timeout: 15_000 } },
    hookTimeout: 60_000,
    env: { TZ: 'UTC', NO_COLOR: '1' },
    projects: [
      { extends: true, test: { name: 'plain', include: ['test/**/*.test.ts'], exclude: SIGNALS_AND_TERMINALS } },
      { extends: true, test: { name: 'signals', include: SIGNALS_AND_TERMINALS, retry: 1 } },
    ],
  },
});
