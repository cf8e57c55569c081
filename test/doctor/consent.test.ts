import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { askConsent } from '../../src/doctor/consent.ts';
import type { Setup } from '../../src/doctor/setup.ts';
import { emptyFolder } from '../support/run-cli.ts';

const setup = {
  connection: { subscriptions: [{ id: 'Sub01', url: 'wss://ws.zoom.us/ws' }] },
} as unknown as Setup;

const terminal = (isTTY = true) => {
  const stdin = Object.assign(new PassThrough(), { isTTY });
  const stderr = Object.assign(new PassThrough(), { isTTY });
  let shown = '';
  stderr.on('data', (chunk) => {
    shown += chunk;
  });
  const stop = new AbortController();
  let cleared = 0;
  const ask = (flags: { yes?: boolean; offline?: boolean } = {}) =>
    askConsent({
      setup,
      env: { XDG_RUNTIME_DIR: emptyFolder() },
      platform: process.platform,
      clean: (text) => text,
      signal: stop.signal,
      host: { stdin, stderr },
      yes: false,
      offline: false,
      onQuestion: () => {
        cleared += 1;
      },
      ...flags,
    });
  return { stdin, stop, ask, shown: () => shown, cleared: () => cleared };
};

test.each([
  ['y\n', true],
  ['YES\n', true],
  ['\n', false],
  ['n\n', false],
  ['yellow\n', false],
])('on a terminal %j means %s', async (typed, granted) => {
  const { stdin, ask, shown, cleared } = terminal();
  const asked = ask();
  stdin.write(typed);
  expect((await asked).refusal === undefined).toBe(granted);
  expect(shown()).toMatch(/subscription Sub01[\s\S]*displaced[\s\S]*\[y\/N\]/);
  expect(cleared()).toBe(1);
});

test('the end of stdin means no', async () => {
  const { stdin, ask } = terminal();
  const asked = ask();
  stdin.end();
  expect((await asked).refusal).toMatchObject({ status: 'skip', detail: 'not opened: the answer was no' });
});

test('Ctrl-C ends the question', async () => {
  const { stop, ask } = terminal();
  const asked = expect(ask()).rejects.toThrow('stopped');
  stop.abort(new Error('stopped'));
  await asked;
});

test.each([{ yes: true }, { offline: true }])('asks nothing with %j', async (flags) => {
  const { ask, shown } = terminal();
  expect((await ask(flags)).refusal?.status).toBe(flags.offline ? 'skip' : undefined);
  expect(shown()).toBe('');
});

test('asks nothing where there is no terminal', async () => {
  const { ask, shown } = terminal(false);
  expect((await ask()).refusal?.hint).toContain('--yes');
  expect(shown()).toBe('');
});
