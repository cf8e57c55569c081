import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  copyFileSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { constants, createGzip, gunzipSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { ZoomWsError } from '../../../src/errors.ts';
import { openInputs, openRecording, type RecordingOptions, readRecordings } from '../../../src/recording/index.ts';
import { systemClock } from '../../../src/time/system-clock.ts';
import { manualClock } from '../../support/manual-clock.ts';
import { emptyFolder } from '../../support/run-cli.ts';

const lines = (count: number, from = 0): string =>
  Array.from({ length: count }, (_, index) => `{"event":"a.b","payload":{"n":${from + index}}}\n`).join('');

const opened = async (path: string, options: Partial<RecordingOptions> = {}) => {
  const notes: string[] = [];
  const failures: ZoomWsError[] = [];
  const recording = await openRecording(path, {
    clock: systemClock,
    pid: process.pid,
    onNote: (text) => notes.push(text),
    onFailure: (error) => failures.push(error),
    ...options,
  });
  return { ...recording, notes, failures };
};

/** What any other tool reads: `cat`, or `zcat`, which must be content with the file. */
const contentOf = (path: string): string => {
  if (!path.endsWith('.gz')) return readFileSync(path, 'utf8');
  const { status, stdout, stderr } = spawnSync('gzip', ['-dc', path], { encoding: 'utf8', maxBuffer: 2 ** 28 });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout;
};

const file = (name: string) => join(emptyFolder(), name);

test.each(['a.ndjson', 'a.ndjson.gz'])(
  'writes %s with mode 0600, appends to it, and leaves no lock behind',
  async (name) => {
    const path = file(name);
    for (const part of [lines(3), lines(500, 3), lines(1, 503)]) {
      const recording = await opened(path);
      await recording.append(part);
      await recording.close();
      expect(recording.notes).toEqual([]);
    }
    expect(contentOf(path)).toBe(lines(504));
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(path, '..'))).toEqual([name]);
  },
);

test('a recording to which nothing came is an empty file', async () => {
  const path = file('a.ndjson.gz');
  await (await opened(path)).close();
  expect(statSync(path).size).toBe(0);
});

test.each(['a.ndjson', 'a.ndjson.gz'])('brings %s to the disk half a second after a line came', async (name) => {
  const clock = manualClock();
  const path = file(name);
  const recording = await opened(path, { clock });
  await recording.append(lines(2));
  await expect.poll(() => clock.sleepers()).toBeGreaterThan(1);
  await clock.advance(500);
  await expect.poll(() => statSync(path).size).toBeGreaterThan(name.endsWith('.gz') ? 40 : 0);
  // As a crash would leave it: no end of the member, and yet everything is there.
  const { stdout } = spawnSync(name.endsWith('.gz') ? 'gzip' : 'cat', name.endsWith('.gz') ? ['-dc', path] : [path]);
  expect(stdout.toString()).toBe(lines(2));
  await recording.close();
});

test('rotates by the size on disk: every event once, in order, in files that keep to the size', async () => {
  const path = file('today.ndjson');
  const recording = await opened(path, { rotate: { bytes: 5000 } });
  for (let from = 0; from < 2000; from += 100) await recording.append(lines(100, from));
  await recording.close();
  const names = readdirSync(join(path, '..')).sort();
  expect(names.length).toBeGreaterThan(10);
  expect(names.filter((name) => !/^today(\.\d{8}T\d{6}\.\d{3}Z)?\.ndjson$/.test(name))).toEqual([]);
  const finished = names.filter((name) => name !== 'today.ndjson');
  const inOrder = [...finished, 'today.ndjson'].map((name) => readFileSync(join(path, '..', name), 'utf8'));
  expect(inOrder.join('')).toBe(lines(2000));
  expect(Math.max(...inOrder.map((text) => text.length))).toBeLessThanOrEqual(5000);
});

test('rotates packed files by their packed size, and each is whole', async () => {
  const path = file('today.ndjson.gz');
  const recording = await opened(path, { rotate: { bytes: 20_000 } });
  for (let from = 0; from < 40_000; from += 1000) await recording.append(lines(1000, from));
  await recording.close();
  const names = readdirSync(join(path, '..')).sort();
  const finished = names.filter((name) => name !== 'today.ndjson.gz').map((name) => join(path, '..', name));
  expect([...finished, path].map(contentOf).join('')).toBe(lines(40_000));
  expect(finished.length).toBeGreaterThan(3);
  for (const name of finished) {
    expect(statSync(name).size).toBeLessThanOrEqual(20_000);
    expect(statSync(name).size).toBeGreaterThan(15_000);
  }
});

test('never cuts an event that is larger than a file should be', async () => {
  const path = file('a.ndjson');
  const long = `{"event":"${'x'.repeat(700_000)}"}\n`;
  const recording = await opened(path, { rotate: { bytes: 1000 } });
  await recording.append(lines(1) + long + lines(1));
  await recording.close();
  const names = readdirSync(join(path, '..')).sort();
  const texts = [...names.filter((name) => name !== 'a.ndjson'), 'a.ndjson'].map((name) =>
    readFileSync(join(path, '..', name), 'utf8'),
  );
  expect(texts).toEqual([lines(1), long, lines(1)]);
});

test('rotates by age, also while nothing comes, and never an empty file', async () => {
  const clock = manualClock();
  const path = file('today.ndjson.gz');
  const recording = await opened(path, { clock, rotate: { ms: 3_600_000 } });
  await clock.advance(2 * 3_600_000);
  await recording.append(lines(1));
  await expect.poll(() => clock.sleepers()).toBeGreaterThan(1);
  await clock.advance(3_600_000);
  await expect.poll(() => recording.notes.length).toBe(1);
  await recording.append(lines(1, 1));
  await recording.close();
  expect(readdirSync(join(path, '..')).sort()).toEqual(['today.20261122T044200.000Z.ndjson.gz', 'today.ndjson.gz']);
  expect(contentOf(join(path, '..', 'today.20261122T044200.000Z.ndjson.gz'))).toBe(lines(1));
  expect(contentOf(path)).toBe(lines(1, 1));
});

test('never overwrites a file that has the name already', async () => {
  const clock = manualClock();
  const path = file('today.ndjson');
  const taken = join(path, '..', 'today.20261122T014200.000Z.ndjson');
  writeFileSync(taken, 'mine\n');
  const recording = await opened(path, { clock, rotate: { bytes: 50 } });
  await recording.append(lines(3));
  await recording.close();
  expect(readFileSync(taken, 'utf8')).toBe('mine\n');
  expect(readdirSync(join(path, '..')).sort()).toEqual([
    'today.20261122T014200.000Z.ndjson',
    'today.20261122T014200.001Z.ndjson',
    'today.20261122T014200.002Z.ndjson',
    'today.ndjson',
  ]);
});

test('closes off a broken last line before anything is appended', async () => {
  const path = file('a.ndjson');
  writeFileSync(path, `${lines(1)}{"event":"a.b","pay`);
  const recording = await opened(path);
  await recording.append(lines(1, 1));
  await recording.close();
  expect(readFileSync(path, 'utf8')).toBe(`${lines(1)}{"event":"a.b","pay\n${lines(1, 1)}`);
  expect(recording.notes).toEqual([`the last line of "${path}" was cut off and is closed off now`]);
});

test('completes a .gz wherever it was cut: what was flushed is there, and nothing but whole lines', async () => {
  const clock = manualClock();
  const source = file('a.ndjson.gz');
  const recording = await opened(source, { clock });
  const flushes = [0];
  for (let round = 0; round < 4; round += 1) {
    await recording.append(lines(20, round * 20));
    await expect.poll(() => clock.sleepers()).toBeGreaterThan(1);
    await clock.advance(500);
    await expect.poll(() => statSync(source).size).toBeGreaterThan((flushes.at(-1) ?? 0) + 30);
    flushes.push(statSync(source).size);
  }
  const bytes = readFileSync(source);
  await recording.close();
  for (let cut = 1; cut <= bytes.length; cut += 1) {
    const path = file('b.ndjson.gz');
    writeFileSync(path, bytes.subarray(0, cut));
    const next = await opened(path);
    await next.append('after\n');
    await next.close();
    const flushed = flushes.filter((size) => size <= cut).length - 1;
    const content = contentOf(path);
    const count = content.split('\n').length - 2;
    expect(count).toBeGreaterThanOrEqual(20 * flushed);
    expect(content).toBe(`${lines(count)}after\n`);
  }
});

/** What `replay` gives of a recording, one text per event. */
const replayed = async (path: string): Promise<string[]> => {
  const inputs = await openInputs([path], { cwd: '/', stdin: () => process.stdin });
  const texts: string[] = [];
  const options = { onDamage: () => {}, counts: { events: 0, damaged: 0 } };
  for await (const batch of readRecordings(inputs, options)) {
    for (const arrival of batch) if (arrival.kind !== 'control') texts.push(arrival.raw);
  }
  for (const input of inputs) await input.close();
  return texts;
};

/** Several blocks of deflate behind each flush: lines that no dictionary makes short. */
const random = (count: number, from: number): string =>
  Array.from(
    { length: count },
    (_, n) => `{"event":"a.b","n":${from + n},"id":"${randomBytes(30).toString('hex')}"}\n`,
  ).join('');

test('whatever replay gives of a .gz that was cut, it still gives when more was appended', async () => {
  const clock = manualClock();
  const source = file('a.ndjson.gz');
  const recording = await opened(source, { clock });
  await recording.append(random(40, 0));
  await expect.poll(() => clock.sleepers()).toBeGreaterThan(1);
  await clock.advance(500);
  await expect.poll(() => statSync(source).size).toBeGreaterThan(1000);
  const flushed = statSync(source).size;
  await recording.append(random(400, 40));
  await recording.close();
  const bytes = readFileSync(source);
  const path = file('b.ndjson.gz');
  let rescued = 0;
  for (let cut = 1; cut <= bytes.length; cut += 16) {
    writeFileSync(path, bytes.subarray(0, cut));
    const before = await replayed(path);
    if (cut > flushed) rescued = Math.max(rescued, before.length - 40);
    const next = await opened(path);
    await next.append(lines(1));
    await next.close();
    expect(await replayed(path)).toEqual([...before, lines(1).trim()]);
  }
  expect(rescued).toBeGreaterThan(200);
  expect(contentOf(path).split('\n').length).toBeGreaterThan(200);
});

test('a line that a flush of another program cut stays whole with its rest', async () => {
  const path = file('a.ndjson.gz');
  for (const [rest, expected] of [
    [`"}}\n${lines(3, 1)}{"event":`, `"}}\n${lines(3, 1)}`],
    ['"}}', '"}}\n'],
    ['', '\n'],
  ] as const) {
    const start = `${lines(1)}{"event":"a.b","payload":{"n":"`;
    const gzip = createGzip();
    const packed: Buffer[] = [];
    gzip.on('data', (bytes: Buffer) => packed.push(bytes));
    for (const text of [start, rest]) {
      gzip.write(text);
      await new Promise<void>((resolve) => gzip.flush(constants.Z_SYNC_FLUSH, resolve));
    }
    // The mark of the last flush is cut off, none of the text.
    const bytes = Buffer.concat(packed);
    writeFileSync(path, rest === '' ? bytes : bytes.subarray(0, -1));
    const next = await opened(path);
    await next.append('after\n');
    await next.close();
    expect(contentOf(path)).toBe(`${start}${expected}after\n`);
  }
});

test('completes a .gz whose checksum was cut', async () => {
  const path = file('a.ndjson.gz');
  const whole = gzipSync(lines(50));
  writeFileSync(path, whole.subarray(0, whole.length - 3));
  const recording = await opened(path);
  await recording.append(lines(1, 50));
  await recording.close();
  expect(contentOf(path)).toBe(lines(51));
});

test.each([
  ['was cut off without a flush', gzipSync(lines(2000)).subarray(0, 900), 'it is cut off, and was never flushed'],
  ['is not gzip', Buffer.from(lines(2)), 'it holds something that is not gzip'],
])('sets a .gz aside that %s', async (_name, bytes, why) => {
  const clock = manualClock();
  const path = file('a.ndjson.gz');
  writeFileSync(path, bytes);
  const recording = await opened(path, { clock });
  await recording.append(lines(1));
  await recording.close();
  const aside = join(path, '..', 'a.20261122T014200.000Z.ndjson.gz');
  expect(readFileSync(aside)).toEqual(bytes);
  expect(contentOf(path)).toBe(lines(1));
  expect(recording.notes).toEqual([`"${path}" cannot be appended to (${why}): it is set aside as "${aside}"`]);
});

test('appends to a .gz of another program', async () => {
  const path = file('a.ndjson.gz');
  writeFileSync(path, gzipSync(`${lines(2)}no end`));
  const recording = await opened(path);
  await recording.append(lines(1, 2));
  await recording.close();
  expect(gunzipSync(readFileSync(path)).toString()).toBe(`${lines(2)}no end\n${lines(1, 2)}`);
});

test('a second recording of the same file is refused, also by another name of it', async () => {
  const path = file('a.ndjson');
  const link = join(path, '..', 'link.ndjson');
  const recording = await opened(path);
  symlinkSync(path, link);
  await expect(opened(path)).rejects.toMatchObject({ code: 'busy' });
  await expect(opened(link)).rejects.toMatchObject({ code: 'busy' });
  await recording.close();
  await (await opened(link)).close();
});

test('two links to a file that is not there yet are one recording', async () => {
  const folder = emptyFolder();
  mkdirSync(join(folder, 'sub'));
  symlinkSync('sub/target.ndjson', join(folder, 'link.ndjson'));
  symlinkSync('link.ndjson', join(folder, 'second.ndjson'));
  const recording = await opened(join(folder, 'link.ndjson'));
  expect(readdirSync(join(folder, 'sub')).sort()).toEqual(['target.ndjson', 'target.ndjson.lock']);
  for (const name of ['link.ndjson', 'second.ndjson', 'sub/target.ndjson']) {
    await expect(opened(join(folder, name))).rejects.toMatchObject({ code: 'busy' });
  }
  await recording.append(lines(1));
  await recording.close();
  expect(readdirSync(folder).sort()).toEqual(['link.ndjson', 'second.ndjson', 'sub']);
  expect(readFileSync(join(folder, 'sub', 'target.ndjson'), 'utf8')).toBe(lines(1));
});

test('links in a circle are told', async () => {
  const folder = emptyFolder();
  symlinkSync('b', join(folder, 'a'));
  symlinkSync('a', join(folder, 'b'));
  await expect(opened(join(folder, 'a'))).rejects.toMatchObject({ code: 'output' });
});

test('a file with a second hard link is refused by either name, and the recorder that has it goes on', async () => {
  const path = file('a.ndjson.gz');
  const link = join(path, '..', 'b.ndjson.gz');
  const recording = await opened(path);
  await recording.append(lines(2));
  linkSync(path, link);
  for (const name of [link, path]) {
    const refused = { code: 'settings', message: expect.stringContaining('has 2 names (hard links)') };
    await expect(opened(name)).rejects.toMatchObject(refused);
  }
  await recording.append(lines(1, 2));
  await recording.close();
  expect(contentOf(path)).toBe(lines(3));
  expect(readdirSync(join(path, '..')).sort()).toEqual(['a.ndjson.gz', 'b.ndjson.gz']);
  rmSync(link);
  await (await opened(path)).close();
});

test.each([
  ['a directory', () => emptyFolder(), /is a directory/],
  ['a directory that is not there', () => join(emptyFolder(), 'missing', 'a.ndjson'), /its directory does not exist/],
])('refuses %s', async (_name, path, message) => {
  await expect(opened(path())).rejects.toMatchObject({ code: 'settings', message: expect.stringMatching(message) });
});

test('refuses a named pipe, which would wait for a reader for ever', async () => {
  const path = file('pipe');
  spawnSync('mkfifo', [path]);
  await expect(opened(path)).rejects.toMatchObject({ code: 'settings', message: expect.stringMatching(/named pipe/) });
});

test.runIf(process.platform === 'linux').each(['/dev/full'])(
  'a full disk (%s) is told at once and again at the end',
  async (path) => {
    const recording = await opened(path);
    await recording.append(lines(1));
    await expect
      .poll(() => recording.failures.map(({ message }) => message))
      .toEqual(['The recording "/dev/full" cannot be written: the disk is full (ENOSPC).']);
    await expect(recording.append(lines(1))).rejects.toMatchObject({ code: 'output' });
    await expect(recording.close()).rejects.toMatchObject({ code: 'output' });
  },
);

test('a directory that vanishes is told although nothing comes', async () => {
  const folder = join(emptyFolder(), 'gone');
  mkdirSync(folder);
  const clock = manualClock();
  const recording = await opened(join(folder, 'a.ndjson'), { clock });
  await expect.poll(() => clock.sleepers()).toBe(1);
  rmSync(folder, { recursive: true });
  await clock.advance(1000);
  await expect.poll(() => recording.failures).toMatchObject([{ code: 'output' }]);
  await expect(recording.close()).rejects.toMatchObject({ code: 'output' });
});

test('a file that was moved away is followed by a new one', async () => {
  const clock = manualClock();
  const path = file('a.ndjson');
  const recording = await opened(path, { clock });
  await recording.append(lines(1));
  await expect.poll(() => statSync(path).size).toBeGreaterThan(0);
  renameSync(path, `${path}.old`);
  await expect.poll(() => clock.sleepers()).toBeGreaterThan(1);
  await clock.advance(500);
  await expect.poll(() => recording.notes.length).toBe(1);
  await recording.append(lines(1, 1));
  await recording.close();
  expect(readFileSync(`${path}.old`, 'utf8')).toBe(lines(1));
  expect(readFileSync(path, 'utf8')).toBe(lines(1, 1));
});

/** What `copytruncate` does, once everything that was appended is in the file. */
const copyAndTruncate = async (path: string, clock: ReturnType<typeof manualClock>): Promise<void> => {
  await expect.poll(() => clock.sleepers()).toBeGreaterThan(1);
  await clock.advance(500);
  await expect.poll(() => statSync(path).size).toBeGreaterThan(40);
  copyFileSync(path, `${path}.1`);
  truncateSync(path, 0);
};

test.each(['a.ndjson', 'a.ndjson.gz'])('goes on in %s when it was truncated, and says so', async (name) => {
  const clock = manualClock();
  const path = file(name);
  const recording = await opened(path, { clock });
  await recording.append(lines(20));
  await copyAndTruncate(path, clock);
  await recording.append(lines(20, 20));
  await recording.append(lines(20, 40));
  await recording.close();
  expect(contentOf(path)).toBe(lines(40, 20));
  expect(recording.notes).toEqual([expect.stringContaining('was truncated while it was recorded to')]);
  const copy = readFileSync(`${path}.1`);
  const kept = name.endsWith('.gz')
    ? gunzipSync(copy, { finishFlush: constants.Z_SYNC_FLUSH }).toString()
    : copy.toString();
  expect(kept).toBe(lines(20));
});

test('a .gz that was truncated while nothing came ends empty, and one that came to an end between flushes is whole', async () => {
  const clock = manualClock();
  const path = file('a.ndjson.gz');
  const recording = await opened(path, { clock });
  await recording.append(lines(20));
  await copyAndTruncate(path, clock);
  await recording.close();
  expect(readFileSync(path, 'utf8')).toBe('');

  const again = await opened(path, { clock });
  await again.append(lines(20));
  await copyAndTruncate(path, clock);
  // Appended but not flushed when it is truncated once more: in no file, but kept.
  await again.append(lines(1, 20));
  truncateSync(path, 0);
  await again.append(lines(1, 21));
  await again.close();
  expect(contentOf(path)).toBe(lines(2, 20));
});

test('a .gz that was cut in the middle while it was written is completed there', async () => {
  const clock = manualClock();
  const path = file('a.ndjson.gz');
  const recording = await opened(path, { clock });
  await recording.append(lines(20));
  await copyAndTruncate(path, clock);
  writeFileSync(path, readFileSync(`${path}.1`).subarray(0, 60));
  await recording.append(lines(20, 20));
  await recording.close();
  expect(contentOf(path)).toContain(lines(20, 20));
});

test('a rotation that the file system will not do is told at the start', async () => {
  // The finished name is longer than names may be.
  const path = file(`${'a'.repeat(240)}.ndjson`);
  await (await opened(path)).close();
  await expect(opened(path, { rotate: { ms: 1 } })).rejects.toMatchObject({
    code: 'settings',
    message: expect.stringMatching(/--record-rotate: .*cannot be renamed.*ENAMETOOLONG/),
  });
  expect(readdirSync(join(path, '..'))).toHaveLength(1);
});

/** Root may write anywhere: for a while the process is somebody else. */
const NOBODY = 65_534;
const withoutRoot = async (folder: string, act: () => Promise<void>): Promise<void> => {
  if (process.geteuid?.() !== 0) return act();
  chownSync(folder, NOBODY, NOBODY);
  process.seteuid?.(NOBODY);
  try {
    await act();
  } finally {
    process.seteuid?.(0);
  }
};

test('so is one for which the directory gives no permission', async () => {
  const path = file('a.ndjson');
  await withoutRoot(join(path, '..'), async () => {
    writeFileSync(path, '');
    chmodSync(join(path, '..'), 0o500);
    await (await opened(path)).close();
    await expect(opened(path, { rotate: { ms: 1 } })).rejects.toMatchObject({ code: 'settings' });
    chmodSync(join(path, '..'), 0o700);
  });
});

test('what is appended while the disk is busy, just before the end, is written', async () => {
  const clock = manualClock();
  const path = file('a.ndjson');
  let closed: Promise<void> | undefined;
  const recording = await opened(path, {
    clock,
    // Said in the middle of the work that is due.
    onNote: () => {
      closed ??= recording.append(lines(1, 1)).then(recording.close);
    },
  });
  await recording.append(lines(1));
  await expect.poll(() => clock.sleepers()).toBeGreaterThan(1);
  renameSync(path, `${path}.old`);
  await clock.advance(500);
  await expect.poll(() => closed !== undefined).toBe(true);
  await closed;
  expect(readFileSync(path, 'utf8')).toBe(lines(1, 1));
});

test('a writer that is slower than its feeder makes it wait', async () => {
  const path = file('a.ndjson.gz');
  const recording = await opened(path);
  const megabyte = lines(30_000);
  for (let round = 0; round < 20; round += 1) await recording.append(megabyte);
  await recording.close();
  expect(gunzipSync(readFileSync(path)).length).toBe(20 * megabyte.length);
});
