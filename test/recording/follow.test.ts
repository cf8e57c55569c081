import { appendFileSync, linkSync, renameSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { followRecording, openInputs, openRecording } from '../../src/recording/index.ts';
import { manualClock } from '../support/manual-clock.ts';
import { emptyFolder } from '../support/run-cli.ts';

const line = (n: number): string => `{"event":"a.b","n":${n}}\n`;

const following = async (path: string) => {
  const clock = manualClock();
  const stop = new AbortController();
  const seen: number[] = [];
  const damage: string[] = [];
  const notes: string[] = [];
  const inputs = await openInputs([path], { cwd: '/', stdin: () => Readable.from([]) });
  const options = { counts: { events: 0, damaged: 0 }, onDamage: ({ why }: { why: string }) => damage.push(why) };
  const parts = { clock, signal: stop.signal, onNote: (text: string) => notes.push(text) };
  const done = (async () => {
    for (const input of inputs) {
      for await (const batch of followRecording(input, options, parts)) {
        for (const arrival of batch)
          if (arrival.kind === 'event') seen.push((JSON.parse(arrival.raw) as { n: number }).n);
      }
    }
  })().catch(() => {});
  /** Lets time pass until so many have come. */
  const until = async (count: number) =>
    expect
      .poll(async () => {
        await clock.advance(250);
        return seen.length;
      })
      .toBe(count);
  const end = async () => {
    stop.abort(new Error('stop'));
    await done;
    await Promise.all(inputs.map((input) => input.close()));
  };
  return { seen, damage, notes, until, end };
};

test('goes on as the file grows, and waits for the end of a line', async () => {
  const path = join(emptyFolder(), 'a.ndjson');
  writeFileSync(path, line(1));
  const follow = await following(path);
  await follow.until(1);
  appendFileSync(path, line(2) + line(3).slice(0, 9));
  await follow.until(2);
  appendFileSync(path, line(3).slice(9));
  await follow.until(3);
  appendFileSync(path, '{"half');
  await follow.end();
  expect(follow.seen).toEqual([1, 2, 3]);
  expect(follow.damage).toEqual([]);
});

test('begins again where the file was cut short', async () => {
  const path = join(emptyFolder(), 'a.ndjson');
  writeFileSync(path, line(1) + line(2));
  const follow = await following(path);
  await follow.until(2);
  truncateSync(path, 0);
  await follow.until(2);
  appendFileSync(path, line(3));
  await follow.until(3);
  await follow.end();
  expect(follow.seen).toEqual([1, 2, 3]);
  expect(follow.notes).toEqual([`"${path}" was cut short: it is read from its beginning`]);
});

test('reads to the end of a file that was moved away, then the new one', async () => {
  const path = join(emptyFolder(), 'a.ndjson');
  writeFileSync(path, line(1));
  const follow = await following(path);
  await follow.until(1);
  renameSync(path, `${path}.1`);
  appendFileSync(`${path}.1`, line(2));
  await follow.until(2);
  writeFileSync(path, line(3));
  await follow.until(3);
  await follow.end();
  expect(follow.seen).toEqual([1, 2, 3]);
});

test.each(['a.ndjson', 'a.ndjson.gz'])(
  'misses nothing of %s where it is rotated many times between two looks',
  async (name) => {
    const path = join(emptyFolder(), name);
    writeFileSync(path, '');
    const follow = await following(path);
    await follow.until(0);
    const recording = await openRecording(path, {
      rotate: { bytes: 2000 },
      clock: manualClock(),
      pid: process.pid,
      onNote: () => {},
      onFailure: () => {},
    });
    for (let n = 0; n < 1000; n += 1) await recording.append(line(n));
    await recording.close();
    await follow.until(1000);
    await follow.end();
    expect(follow.seen).toEqual(Array.from({ length: 1000 }, (_, n) => n));
    expect(follow.damage).toEqual([]);
  },
);

test('a file that is finished while it is being found, and one after it, come once and in order', async () => {
  const folder = emptyFolder();
  const path = join(folder, 'a.ndjson');
  const finished = (second: number) => join(folder, `a.20261122T01420${second}.000Z.ndjson`);
  writeFileSync(path, line(1));
  const follow = await following(path);
  await follow.until(1);
  // What a look sees that is overtaken by two rotations: the file that it opened has its finished name by now.
  renameSync(path, finished(1));
  writeFileSync(finished(2), line(2));
  writeFileSync(finished(3), line(3));
  linkSync(finished(2), path);
  await follow.until(2);
  expect(follow.seen).toEqual([1, 2]);
  writeFileSync(join(folder, 'next'), line(4));
  renameSync(join(folder, 'next'), path);
  await follow.until(4);
  await follow.end();
  expect(follow.seen).toEqual([1, 2, 3, 4]);
});
