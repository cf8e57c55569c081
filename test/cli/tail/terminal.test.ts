import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import type { Simulator } from '../../../src/simulator/index.ts';
import { emptyFolder } from '../../support/run-cli.ts';
import { SOON } from '../../support/soon.ts';
import { hasScript, onTerminal, type TerminalRun } from '../../support/terminal.ts';
import { startZoom } from '../../support/zoom.ts';

/** How long the terminal stands still: two minutes where ZOOM_WS_TRIAL_STILL_MS says so, else some heartbeats. */
const STILL_MS = Number(process.env.ZOOM_WS_TRIAL_STILL_MS ?? 0);

// Needs util-linux's `script`; skipped where it is missing.
const onPty = test.skipIf(!hasScript);

const meeting = (n: number, topic = 'Standup') => ({
  event: 'meeting.started',
  event_ts: Date.now(),
  payload: { object: { id: 82_000_000_000 + n, topic, uuid: `u${n}` } },
});

const startOn = async (
  zoom: Simulator,
  args: readonly string[] = [],
  more: { env?: object; columns?: number } = {},
) => {
  const run = await onTerminal(['tail', ...args], { ...more, env: { ...zoom.settings, ...more.env } });
  await zoom.connected();
  return run;
};

/** Waits until the last event is on the screen, and ends the run. */
const ended = async (zoom: Simulator, run: TerminalRun): Promise<string> => {
  zoom.send({ event: 'the.last' });
  await run.waitFor(/the\.last/);
  run.type('\u0003');
  expect(await run.done).toBe(130);
  return run.screen();
};

const ESCAPES = /\u001b\[[0-9;?]*[A-Za-z]/g;
/** The lines as they stand in the end: what a spinner took off again is gone. */
const bare = (screen: string): string[] =>
  screen
    .replace(/[^\n]*\u001b\[1G\u001b\[0K/g, '')
    .replace(ESCAPES, '')
    .split(/\r*\n/);

onPty('pretty is the default on a terminal, in colour, below connecting and one ready line', async () => {
  const zoom = await startZoom();
  const run = await startOn(zoom);
  zoom.send(meeting(1));
  const screen = await ended(zoom, run);
  expect(screen).toMatch(/\u001b\[35mmeeting\.started/);
  const lines = bare(screen);
  const at = (pattern: RegExp) => lines.findIndex((line) => pattern.test(line));
  expect(at(/^\d\d:\d\d:\d\d connecting/)).toBeGreaterThanOrEqual(0);
  expect(at(/^\d\d:\d\d:\d\d ready/)).toBeGreaterThan(at(/connecting/));
  expect(at(/meeting\.started.*Standup/)).toBeGreaterThan(at(/ready/));
  expect(at(/done: 2 received/)).toBeGreaterThan(at(/meeting\.started/));
  expect(lines.filter((line) => / ready/.test(line))).toHaveLength(1);
});

onPty('a spinner turns until ready, and never after it', async () => {
  const zoom = await startZoom({ rules: { acceptDelayMs: 800 } });
  const run = await startOn(zoom);
  await run.waitFor(/ready: Zoom/);
  const before = run.screen();
  zoom.send(meeting(1));
  const after = (await ended(zoom, run)).slice(before.length);
  expect(before).toMatch(/[\u2800-\u28ff]/);
  expect(after).not.toMatch(/[\u2800-\u28ff]/);
});

onPty.each([
  ['NDJSON is written to it', ['--json'], {}],
  ['-q', ['-q'], {}],
  ['-v', ['-v'], {}],
  ['--log-format json', ['--log-format', 'json'], {}],
  ['TERM=dumb', [], { TERM: 'dumb' }],
])('no spinner with %s', async (what, args, env) => {
  const zoom = await startZoom({ rules: { acceptDelayMs: what.startsWith('NDJSON') ? 0 : 800 } });
  const run = await startOn(zoom, args, { env });
  zoom.send(meeting(1));
  const screen = await ended(zoom, run);
  if (what.startsWith('NDJSON')) expect(bare(screen).some((line) => line.startsWith('{"event":"meeting'))).toBe(true);
  else expect(screen).not.toMatch(/[\u2800-\u28ff]/);
});

onPty.each([
  ['--color never', ['--color', 'never'], {}, false],
  ['NO_COLOR', [], { NO_COLOR: '1' }, false],
  ['an empty NO_COLOR', [], { NO_COLOR: '' }, true],
  ['--color always against NO_COLOR', ['--color', 'always'], { NO_COLOR: '1' }, true],
  ['FORCE_COLOR=0', [], { FORCE_COLOR: '0' }, false],
  ['TERM=dumb', [], { TERM: 'dumb' }, false],
  ['--color auto', ['--color=auto'], {}, true],
] as const)('colours with %s', async (_what, args, env, colored) => {
  const zoom = await startZoom();
  const run = await startOn(zoom, args, { env });
  zoom.send(meeting(1));
  const screen = await ended(zoom, run);
  const [line] = screen.split('\n').filter((text) => text.includes('meeting.started'));
  expect(line).toBeDefined();
  expect(/\u001b\[/.test(line ?? '')).toBe(colored);
});

onPty.each([0, 1, 5, 20, 40])(
  'a terminal of %i columns gets whole lines or cut ones, never an error',
  async (columns) => {
    const zoom = await startZoom();
    const run = await startOn(zoom, ['--color', 'never'], { columns });
    zoom.send(meeting(1, `a long topic ${'会議 '.repeat(30)}👩‍👩‍👧`));
    zoom.send({ event: 'the.last' });
    await vi.waitFor(() => expect(zoom.state()).toBeDefined(), SOON);
    await run.waitFor(/done|:\d\d .*\n.*:\d\d .*\n/s);
    run.type('\u0003');
    expect(await run.done).toBe(130);
    expect(run.screen()).not.toMatch(/error|at .*\.js/);
  },
);

onPty('lines fit the terminal, also after it was resized', async () => {
  const zoom = await startZoom();
  const run = await startOn(zoom, ['--color', 'never'], { columns: 120 });
  const topic = 'topic '.repeat(40);
  zoom.send(meeting(1, `first ${topic}`));

  await run.waitFor(/first.*\r\n/);
  run.resize(50);
  await vi.waitFor(async () => {
    zoom.send(meeting(Math.random() * 1e6, `second ${topic}`));
    const line = bare(run.screen()).findLast((text) => text.includes('second'));
    expect(line?.length).toBeLessThanOrEqual(50);
  }, SOON);
  const screen = await ended(zoom, run);
  const first = bare(screen).find((text) => text.includes('first'));
  expect(first?.length).toBeGreaterThan(100);
  expect(first?.length).toBeLessThanOrEqual(120);
});

onPty('Ctrl-C closes cleanly with 130', async () => {
  const zoom = await startZoom();
  const run = await startOn(zoom);
  await run.waitFor(/ready: Zoom/);
  run.type('\u0003');
  expect(await run.done).toBe(130);
  expect(run.screen()).toMatch(/done: 0 received/);
  expect(zoom.heard.closes).toMatchObject([{ code: 1000 }]);
});

onPty('Ctrl-C before ready leaves the cursor and the line as they were', async () => {
  const zoom = await startZoom({ rules: { acceptDelayMs: 600_000 } });
  const run = await onTerminal(['tail'], { env: { ...zoom.settings } });
  await run.waitFor(/[\u2800-\u28ff]/);
  run.type('\u0003');
  expect(await run.done).toBe(130);
  expect(run.screen()).not.toContain('\u001b[?25l');
  expect(bare(run.screen()).at(-2)).toMatch(/done: 0 received/);
});

/** Sends events until the program stops reading from Zoom, or enough for any buffer of a terminal. */
const fill = (zoom: Simulator, count: number) => {
  for (let n = 0; n < count; n += 1) zoom.send(meeting(n, 'x'.repeat(500)));
};

const beats = (zoom: Simulator) => zoom.heard.frames.filter(({ text }) => text.includes('heartbeat')).length;

onPty.each([
  ['stopped with Ctrl-S', (run: TerminalRun) => run.type('\u0013'), (run: TerminalRun) => run.type('\u0011')],
  ['not looked at', (run: TerminalRun) => run.pause(), (run: TerminalRun) => run.resume()],
])(
  'a terminal that is %s stops no heartbeat, and nothing is lost when it goes on',
  async (_how, stop, goOn) => {
    const zoom = await startZoom();
    const run = await startOn(zoom, ['--heartbeat', '200ms', '--json', '--color', 'never']);
    await run.waitFor(/ready: Zoom/);
    stop(run);
    fill(zoom, 3_000);
    const beaten = beats(zoom);
    const began = Date.now();
    await vi.waitFor(
      () => {
        expect(beats(zoom)).toBeGreaterThan(beaten + 10);
        expect(Date.now() - began).toBeGreaterThanOrEqual(STILL_MS);
      },
      { timeout: STILL_MS + 15_000 },
    );
    expect(zoom.clients.size).toBe(1);
    goOn(run);
    const screen = await ended(zoom, run);
    const ids = [...screen.matchAll(/"uuid":"u(\d+)"/g)].map(([, n]) => Number(n));
    expect(ids).toEqual(Array.from({ length: 3_000 }, (_, n) => n));
    expect(screen.match(/ready: Zoom/g)).toHaveLength(1);
  },
  STILL_MS + 30_000,
);

onPty('SIGINT twice ends a run whose terminal stands still', async () => {
  const zoom = await startZoom();
  // It holds the process id. A key would not do here: `script` reads none while its own output is stuck.
  const ready = join(emptyFolder(), 'ready');
  const run = await startOn(zoom, ['--ready-file', ready]);
  await run.waitFor(/ready: Zoom/);
  const pid = Number(readFileSync(ready, 'utf8'));
  run.pause();
  fill(zoom, 3_000);
  process.kill(pid, 'SIGINT');
  await vi.waitFor(() => expect(zoom.heard.closes).toHaveLength(1), SOON);
  process.kill(pid, 'SIGINT');
  run.resume();
  expect(await run.done).toBe(130);
});

onPty('stdout in a pipe and stderr on the terminal: NDJSON, and notices with a spinner', async () => {
  const zoom = await startZoom({ rules: { acceptDelayMs: 800 } });
  const run = await onTerminal(['tail', '-n', '1'], { env: { ...zoom.settings }, behind: '| cat > /dev/null' });
  await zoom.connected();
  zoom.send(meeting(1));
  expect(await run.done).toBe(0);
  expect(run.screen()).toMatch(/[\u2800-\u28ff]/);
  expect(run.screen()).not.toContain('meeting.started');
  expect(bare(run.screen()).join('\n')).toMatch(/ready.*\n.*done: 1 received/);
});

onPty('a terminal that is closed ends the run with SIGHUP', async () => {
  const zoom = await startZoom();
  const run = await startOn(zoom);
  await run.waitFor(/ready: Zoom/);
  run.hangUp();
  await run.done;
  await vi.waitFor(() => expect(zoom.heard.closes).toMatchObject([{ code: 1000 }]), SOON);
});

onPty('names full of escapes reach the terminal escaped, in events and in notices', async () => {
  const zoom = await startZoom();
  const run = await startOn(zoom, ['--color', 'never']);
  zoom.send(meeting(1, 'evil\u001b]0;owned\u0007\u001b[2J\u009b31m'));
  for (const { socket } of zoom.clients) socket.close(1011, 'bad\u001b[2Jreason');
  await run.waitFor(/ready again/);
  const screen = await ended(zoom, run);
  expect(screen).toContain('evil\\u001b]0;owned\\u0007\\u001b[2J\\u009b31m');
  expect(screen).toContain('bad\\u001b[2Jreason');
  expect(screen).not.toMatch(/\u001b\]|\u001b\[2J|\u009b/);
});

onPty('--utc governs the clock of events and of notices alike', async () => {
  const zoom = await startZoom();
  const run = await startOn(zoom, ['--utc'], { env: { TZ: 'Asia/Kolkata' } });
  zoom.send(meeting(1));
  const lines = bare(await ended(zoom, run));
  const clockOf = (pattern: RegExp): string => lines.find((line) => pattern.test(line))?.slice(0, 8) ?? 'none';
  // India is half an hour off every whole-hour zone: minutes tell the zone, whenever the hour may change.
  const off = (clock: string): number =>
    Math.abs(Date.parse(`${new Date().toISOString().slice(0, 11)}${clock}Z`) - Date.now()) % 86_400_000;
  for (const clock of [clockOf(/connecting/), clockOf(/ready/), clockOf(/meeting\.started/)]) {
    expect(Math.min(off(clock), 86_400_000 - off(clock)), clock).toBeLessThan(120_000);
  }
});
