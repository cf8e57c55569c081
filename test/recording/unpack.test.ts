import { hash } from 'node:crypto';
import { constants, createGzip, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { unpack } from '../../src/recording/unpack.ts';

const unpacked = async (file: Buffer, size = 100) => {
  async function* chunks() {
    for (let at = 0; at < file.length; at += size) yield file.subarray(at, at + size);
  }
  const damage: string[] = [];
  const parts: Buffer[] = [];
  for await (const part of unpack(chunks(), (why) => damage.push(why))) parts.push(Buffer.from(part));
  return { text: Buffer.concat(parts).toString(), damage };
};

/** A gzip stream that was flushed after each text and never ended, as a killed writer leaves it. */
const neverEnded = async (texts: readonly string[]): Promise<Buffer> => {
  const gzip = createGzip();
  const parts: Buffer[] = [];
  gzip.on('data', (part: Buffer) => parts.push(part));
  for (const text of texts) {
    gzip.write(text);
    await new Promise<void>((resolve) => gzip.flush(constants.Z_SYNC_FLUSH, resolve));
  }
  gzip.destroy();
  return Buffer.concat(parts);
};

/** Text that deflate can hardly make smaller, so that damage hits data; the same in every run. */
const noise = (length: number): string => {
  const blocks = Array.from({ length: Math.ceil(length / 64) }, (_, index) => hash('sha512', String(index), 'base64'));
  return blocks.join('').slice(0, length);
};

test('gives all that was flushed of a member that was cut off', async () => {
  const file = await neverEnded(['one\n', 'two\n', 'three\n']);
  expect(await unpacked(file)).toEqual({ text: 'one\ntwo\nthree\n', damage: ['the compressed data is cut off'] });
});

test('gives a beginning of the text wherever a member is cut off', async () => {
  const text = noise(3000);
  const file = gzipSync(text);
  for (let cut = 1; cut < file.length; cut += 17) {
    const result = await unpacked(file.subarray(0, cut));
    expect(text.startsWith(result.text)).toBe(true);
    expect(result.damage).toEqual(['the compressed data is cut off']);
  }
});

test('reads the members that follow one that was cut off', async () => {
  const cut = gzipSync(noise(40_000)).subarray(0, 20_000);
  const { text, damage } = await unpacked(
    Buffer.concat([gzipSync('first\n'), cut, gzipSync('second\n'), gzipSync('third\n')]),
  );
  expect(text.startsWith('first\n')).toBe(true);
  expect(text.endsWith('second\nthird\n')).toBe(true);
  expect(damage).toEqual(['the compressed data is cut off']);
});

test('tells a member that does not match its checksum, and gives its text', async () => {
  const file = gzipSync('hello\n');
  file.writeUInt32LE(1, file.length - 8);
  expect(await unpacked(Buffer.concat([file, gzipSync('after\n')]))).toEqual({
    text: 'hello\nafter\n',
    damage: ['the compressed data does not match its checksum'],
  });
});

test('passes over zeros between members without a word', async () => {
  const file = Buffer.concat([gzipSync('a'), Buffer.alloc(50), gzipSync('b'), Buffer.alloc(7)]);
  expect(await unpacked(file)).toEqual({ text: 'ab', damage: [] });
});

test('tells other bytes between members', async () => {
  const file = Buffer.concat([gzipSync('a'), Buffer.from('rubbish'), gzipSync('b')]);
  expect(await unpacked(file)).toEqual({
    text: 'ab',
    damage: ['bytes that are not gzip stand between the compressed parts'],
  });
});

test('tells a header that is cut off', async () => {
  const file = Buffer.concat([gzipSync('a'), gzipSync('b').subarray(0, 6)]);
  expect(await unpacked(file)).toEqual({ text: 'a', damage: ['the compressed data is cut off'] });
});

test('reads a header with a name and a comment', async () => {
  const plain = gzipSync('text');
  const named = Buffer.concat([plain.subarray(0, 10), Buffer.from('name\0comment\0'), plain.subarray(10)]);
  named.writeUInt8(8 + 16, 3);
  expect(await unpacked(named, 3)).toEqual({ text: 'text', damage: [] });
});
