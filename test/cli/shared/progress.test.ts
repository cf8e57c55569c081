import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { createProgress } from '../../../src/cli/shared/progress.ts';
import type { Input } from '../../../src/recording/index.ts';
import { manualClock } from '../../support/manual-clock.ts';

const terminal = (isTTY: boolean) => Object.assign(new PassThrough(), { isTTY, columns: 80 });

const input = (): { input: Input; read: (bytes: number) => void } => {
  let position = 0;
  const stats = { isFile: () => true, size: 4 * 2 ** 20 };
  const file = { path: 'x', stats } as unknown as Input['file'];
  return {
    input: { name: 'x', file, chunks: new PassThrough(), position: () => position, close: async () => {} },
    read: (bytes) => {
      position += bytes;
    },
  };
};

/** What stands on stderr after four batches, a second apart. */
const shown = async ({ stderr = true, stdout = false, isWanted = true, seconds = 1 }): Promise<string> => {
  const clock = manualClock();
  const screen = terminal(stderr);
  const { input: file, read } = input();
  const progress = createProgress({ stdout: terminal(stdout), stderr: screen, clock }, [file], isWanted);
  async function* batches(): AsyncGenerator<readonly []> {
    for (let round = 0; round < 4; round += 1) {
      await clock.advance(seconds * 1000);
      read(2 ** 20);
      yield [];
    }
  }
  for await (const _ of progress.watch(batches()));
  screen.end();
  return (await screen.toArray()).join('');
};

test('a bar on stderr says how much was read, and is taken away', async () => {
  const text = await shown({});
  expect(text).toMatch(/-{40} 0 % of 4 MiB/);
  expect(text).toMatch(/={40} 100 % of 4 MiB/);
  // Back to the beginning of the line, and the line erased.
  expect(text.endsWith('\u001b[1G\u001b[2K')).toBe(true);
});

test.each([
  ['stderr is no terminal', { stderr: false }],
  ['stdout is a terminal too', { stdout: true }],
  ['it is not wanted', { isWanted: false }],
  ['the work is short', { seconds: 0.2 }],
])('there is none where %s', async (_name, situation) => {
  expect(await shown(situation)).toBe('');
});
