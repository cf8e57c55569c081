// The trials that a recording must stand, with real processes. Their figures are printed. How much of each is run comes
// from the environment: ZOOM_WS_TRIAL_KILLS (how often a recorder is killed), ZOOM_WS_TRIAL_MB (size of the large file).
import { spawn, spawnSync } from 'node:child_process';
import {
  closeSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { BIN } from '../../support/run-cli.ts';

const KILLS = Number(process.env.ZOOM_WS_TRIAL_KILLS ?? 4);
const LARGE_MB = Number(process.env.ZOOM_WS_TRIAL_MB ?? 24);
const TIMEOUT_MS = 60_000 + KILLS * 10_000 + LARGE_MB * 1000;

/** The promise: on disk within this time. */
const BOUND_MS = 1_000;

const folders: string[] = [];
const newFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'zoom-ws-trial-'));
  folders.push(folder);
  return folder;
};
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

const say = (text: string) => process.stdout.write(`    trial: ${text}\n`);

const event = (run: number, n: number): string =>
  `{"event":"meeting.participant_joined","event_ts":${1_795_340_520_000 + n},"payload":{"account_id":"abc","object":{"run":${run},"n":${n},"topic":"日本 \\"quoted\\" ${'x'.repeat(n % 300)}"}}}\n`;

type Numbered = { readonly payload: { readonly object: { readonly run: number; readonly n: number } } };

/** Runs a recorder that is fed without end, and kills it; answers with what came out of it long enough before. */
const killedRecorder = async (path: string, run: number, afterMs: number): Promise<{ sure: number; seen: number }> => {
  const child = spawn(process.execPath, [BIN, 'replay', '-', '-q', '--record', path], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.on('error', () => {});
  let n = 0;
  // Some thousand a second, in bursts: more would only make the files too large to be compared.
  const feeding = setInterval(() => {
    child.stdin.write(Array.from({ length: 20 }, () => event(run, n++)).join(''));
  }, 5);
  const arrivals: { at: number; count: number }[] = [];
  let seen = 0;
  child.stdout.on('data', (chunk: Buffer) => {
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) seen += 1;
    arrivals.push({ at: performance.now(), count: seen });
    if (arrivals.length === 1) setTimeout(() => child.kill('SIGKILL'), afterMs);
  });
  await new Promise((resolve) => child.on('close', resolve));
  clearInterval(feeding);
  const killedAt = arrivals[0] ? arrivals[0].at + afterMs : 0;
  return { sure: arrivals.findLast(({ at }) => at <= killedAt - BOUND_MS)?.count ?? 0, seen };
};

/** The lines that any other tool reads, those of crashes among them. */
const linesOf = (path: string): string[] => {
  const { status, stdout, stderr } = spawnSync(path.endsWith('.gz') ? 'zcat' : 'cat', [path], { maxBuffer: 2 ** 30 });
  expect({ status, stderr: stderr.toString() }).toEqual({ status: 0, stderr: '' });
  return stdout.toString().split('\n').slice(0, -1);
};

const parsed = (line: string): Numbered | undefined => {
  try {
    return JSON.parse(line) as Numbered;
  } catch {
    return undefined;
  }
};

test.each(['a.ndjson', 'a.ndjson.gz'])(
  `${KILLS} times kill -9 while %s is recorded: it goes on at once, and what was there for a second is there`,
  async (name) => {
    const path = join(newFolder(), name);
    const runs: { sure: number; seen: number }[] = [];
    for (let run = 0; run < KILLS; run += 1) runs.push(await killedRecorder(path, run, 50 + ((run * 7919) % 1700)));
    // One that ends by itself, so that the last file is whole for other tools.
    const last = spawnSync(process.execPath, [BIN, 'replay', '-', '--record', path], { input: event(KILLS, 0) });
    expect(last.status).toBe(0);
    const lines = linesOf(path);
    const counts = new Map<number, number>();
    let broken = 0;
    for (const line of lines) {
      const object = parsed(line)?.payload.object;
      if (object === undefined) {
        broken += 1;
        continue;
      }
      // Each run's events from the first on, in order, none twice and none left out.
      expect(object.n).toBe(counts.get(object.run) ?? 0);
      counts.set(object.run, object.n + 1);
    }
    expect(broken).toBeLessThanOrEqual(KILLS);
    for (const [run, { sure }] of runs.entries()) expect(counts.get(run) ?? 0).toBeGreaterThanOrEqual(sure);
    const replayed = spawnSync(process.execPath, [BIN, 'replay', path, '-q', '--meta'], { maxBuffer: 2 ** 30 });
    expect(replayed.stdout.toString()).toBe(`${lines.filter((line) => parsed(line)).join('\n')}\n`);
    const lost = runs.map(({ seen }, run) => Math.max(0, seen - (counts.get(run) ?? 0)));
    say(
      `${name}: ${KILLS} kills, ${lines.length} lines, ${broken} broken, ` +
        `${runs.reduce((sum, { sure }) => sum + sure, 0)} promised and all there, ` +
        `at most ${Math.max(...lost)} of the last second lost in one kill`,
    );
  },
  TIMEOUT_MS,
);

test.runIf(process.platform !== 'win32').each(['a.ndjson', 'a.ndjson.gz'])(
  'a file size limit on %s is exit 1 with a reason, and what was written before can be read',
  (name) => {
    const cwd = newFolder();
    writeFileSync(join(cwd, 'in'), Array.from({ length: 20_000 }, (_, n) => event(0, n)).join(''));
    const command = `ulimit -f 64; "$0" "$1" replay in --record ${name} > /dev/null`;
    const { status, stderr } = spawnSync('bash', ['-c', command, process.execPath, BIN], { cwd, encoding: 'utf8' });
    expect(status).toBe(1);
    expect(stderr).toContain('the file has reached its size limit (EFBIG)');
    const { stdout } = spawnSync(process.execPath, [BIN, 'replay', name, '-q'], { cwd, maxBuffer: 2 ** 28 });
    const kept = stdout.toString().split('\n').length - 1;
    expect(kept).toBeGreaterThan(50);
    expect(stdout.toString()).toBe(Array.from({ length: kept }, (_, n) => event(0, n)).join(''));
    say(`${name}: file size limit of ${statSync(join(cwd, name)).size} bytes hit, ${kept} events read back`);
  },
);

test('rotation under load loses and repeats nothing', () => {
  const cwd = newFolder();
  const count = 50_000;
  writeFileSync(join(cwd, 'in'), Array.from({ length: count }, (_, n) => event(0, n)).join(''));
  for (const name of ['today.ndjson', 'today.ndjson.gz']) {
    const size = name.endsWith('.gz') ? '100KB' : '1MB';
    const args = [BIN, 'replay', 'in', '-q', '--record', name, '--record-rotate', size];
    expect(spawnSync(process.execPath, args, { cwd, maxBuffer: 2 ** 28 }).status).toBe(0);
    const files = readdirSync(cwd).filter((file) => file.endsWith(name.slice('today'.length)));
    // The live file's name sorts behind those with a time in it.
    const numbers = files
      .sort()
      .flatMap((file) => linesOf(join(cwd, file)).map((line) => parsed(line)?.payload.object.n));
    expect(numbers).toEqual(Array.from({ length: count }, (_, n) => n));
    const merged = spawnSync(process.execPath, [BIN, 'replay', '-q', ...files], { cwd, maxBuffer: 2 ** 28 });
    expect(merged.stdout.equals(readFileSync(join(cwd, 'in')))).toBe(true);
    say(`${name}: ${count} events in ${files.length} files of at most ${size}`);
  }
});

test.each(['today.ndjson', 'today.ndjson.gz'])(
  'who follows %s through its rotations gets everything once, in order',
  async (name) => {
    const cwd = newFolder();
    const count = 20_000;
    writeFileSync(join(cwd, 'in'), Array.from({ length: count }, (_, n) => event(0, n)).join(''));
    writeFileSync(join(cwd, name), '');
    const follower = spawn(process.execPath, [BIN, 'replay', '-f', name, '-n', String(count)], {
      cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const followed: Buffer[] = [];
    follower.stdout.on('data', (chunk: Buffer) => followed.push(chunk));
    let said = '';
    follower.stderr.on('data', (chunk: Buffer) => {
      said += chunk;
    });
    const args = [BIN, 'replay', 'in', '-q', '--record', name, '--record-rotate', '20KB'];
    const writer = spawn(process.execPath, args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
    expect(await new Promise((resolve) => writer.on('close', resolve))).toBe(0);
    expect(await new Promise((resolve) => follower.on('close', resolve))).toBe(0);
    expect(Buffer.concat(followed).equals(readFileSync(join(cwd, 'in')))).toBe(true);
    expect(said).not.toContain('warning');
    say(`${name}: ${count} events followed through ${readdirSync(cwd).length - 2} rotations`);
  },
  TIMEOUT_MS,
);

test('a second process on the same file is refused, the first goes on', async () => {
  const path = join(newFolder(), 'a.ndjson');
  const first = spawn(process.execPath, [BIN, 'replay', '-', '--record', path], { stdio: ['pipe', 'pipe', 'ignore'] });
  first.stdin.write(event(0, 0));
  await new Promise<void>((resolve) => first.stdout.once('data', () => resolve()));
  const second = spawnSync(process.execPath, [BIN, 'replay', '-', '--record', path], {
    input: event(1, 0),
    encoding: 'utf8',
  });
  expect(second).toMatchObject({ status: 1, stdout: '' });
  expect(second.stderr).toContain(`Another process is recording to "${path}".`);
  first.stdin.end(event(0, 1));
  expect(await new Promise((resolve) => first.on('close', resolve))).toBe(0);
  expect(linesOf(path).map((line) => parsed(line)?.payload.object)).toMatchObject([
    { run: 0, n: 0 },
    { run: 0, n: 1 },
  ]);
});

const canUnshare = spawnSync('unshare', ['--pid', '--fork', '--mount-proc', 'true']).status === 0;

test.runIf(canUnshare)('a lock left by kill -9 in another container, with the same pid, does not block', async () => {
  const path = join(newFolder(), 'a.ndjson');
  const contained = [
    '--pid',
    '--fork',
    '--kill-child',
    '--mount-proc',
    process.execPath,
    BIN,
    'replay',
    '-',
    '-q',
    '--record',
    path,
  ];
  const first = spawn('unshare', contained, { stdio: ['pipe', 'pipe', 'ignore'] });
  first.stdin.write(event(0, 0));
  await new Promise<void>((resolve) => first.stdout.once('data', () => resolve()));
  await expect.poll(() => linesOf(path).length).toBe(1);
  first.kill('SIGKILL');
  await new Promise((resolve) => first.on('close', resolve));
  expect(readdirSync(join(path, '..')).sort()).toEqual(['a.ndjson', 'a.ndjson.lock']);
  const begun = performance.now();
  const second = spawnSync('unshare', contained, { input: event(1, 0), encoding: 'utf8' });
  expect(second).toMatchObject({ status: 0, stdout: event(1, 0) });
  expect(linesOf(path)).toHaveLength(2);
  say(`a lock of another container with the same pid: taken over in ${Math.round(performance.now() - begun)} ms`);
});

test(
  `a file of ${LARGE_MB} MB is replayed and recorded in bounded memory`,
  () => {
    const cwd = newFolder();
    const file = openSync(join(cwd, 'large'), 'w');
    const block = Array.from({ length: 3000 }, (_, n) => event(0, n)).join('');
    let size = 0;
    for (; size < LARGE_MB * 1e6; size += Buffer.byteLength(block)) writeSync(file, block);
    closeSync(file);
    const measure =
      "process.on('exit', () => require('node:fs').writeFileSync('rss', String(process.resourceUsage().maxRSS)))";
    writeFileSync(join(cwd, 'measure.cjs'), measure);
    for (const args of [['large'], ['large', 'large'], ['large', '--record', 'copy.ndjson.gz'], ['copy.ndjson.gz']]) {
      const env = { PATH: process.env.PATH ?? '', NODE_OPTIONS: '--require ./measure.cjs' };
      const begun = performance.now();
      const run = spawnSync(process.execPath, [BIN, 'replay', '-q', ...args], {
        cwd,
        env,
        stdio: ['ignore', 'ignore', 'inherit'],
      });
      expect(run.status).toBe(0);
      const rssMb = Math.round(Number(readFileSync(join(cwd, 'rss'), 'utf8')) / 1024);
      say(
        `replay ${args.join(' ')}: ${Math.round(size / 1e6)} MB, ${Math.round(performance.now() - begun)} ms, ${rssMb} MB at most`,
      );
      // Node itself takes some 45 MB; zlib's buffers, and what waits for the disk, come and go with the collector.
      expect(rssMb).toBeLessThan(args.some((arg) => arg.endsWith('.gz')) ? 230 : 130);
    }
  },
  TIMEOUT_MS,
);
