import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openWav } from '../../../src/rtms/files/wav-file.ts';
import { wavHeader } from '../../../src/rtms/files/wav-header.ts';
import { emptyFolder } from '../../support/run-cli.ts';

const PCM = { code: 1, rate: 16_000, channels: 1 } as const;

test('the header of one second at 16 kHz is the one that every program knows', () => {
  expect(wavHeader(PCM, 32_000).toString('hex')).toBe(
    '52494646247d000057415645666d74201000000001000100803e0000007d00000200100064617461007d0000',
  );
});

test('what is too long for one file goes on in the next, each with its own header', () => {
  const folder = emptyFolder();
  const wav = openWav((part) => join(folder, `${part}.wav`), PCM, 1000);
  wav.write(450, Buffer.alloc(300, 7));
  expect(wav.length()).toBe(600);
  const [first, second] = [1, 2].map((part) => readFileSync(join(folder, `${part}.wav`)));
  expect(first?.length).toBe(1044);
  expect(first?.readUInt32LE(40)).toBe(1000);
  expect(second?.readUInt32LE(40)).toBe(200);
  expect(wav.read(450, 150)).toEqual(Buffer.alloc(300, 7));
  expect(wav.read(440, 5)).toEqual(Buffer.alloc(10));
  wav.close();
  const again = openWav((part) => join(folder, `${part}.wav`), PCM, 1000);
  expect(again.length()).toBe(600);
  again.close();
});

test('silence in A-law is not zero', () => {
  const folder = emptyFolder();
  const wav = openWav(() => join(folder, 'a.wav'), { code: 6, rate: 8000, channels: 1 });
  wav.write(10, Buffer.from([1, 2]));
  wav.close();
  const bytes = readFileSync(join(folder, 'a.wav'));
  expect(bytes.readUInt16LE(20)).toBe(6);
  expect([...bytes.subarray(58)]).toEqual([...Array(10).fill(0xd5), 1, 2]);
  expect(bytes.readUInt32LE(4)).toBe(bytes.length - 8);
});
