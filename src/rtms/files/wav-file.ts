import { closeSync, fstatSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';
import { frameBytes, headerBytes, silenceOf, type WavFormat, wavHeader } from './wav-header.ts';

/** Sizes in a WAV are 32 bits: it ends well before 4 GiB, and goes on in a second file. */
const MOST_DATA_BYTES = 4_000_000_000;
const FILL_BYTES = 64 * 1024;

/**
 * A WAV that is written at any position, in one file or several behind one another. Whatever was skipped is silence. After
 * each call the headers say what is there, so that a crash leaves files that play.
 */
export type WavFile = {
  /** Writes samples at a position, counted in frames from the stream's start. Throws what the disk says. */
  write(position: number, data: Buffer): void;
  /** Reads up to `frames` frames; what is not there is silence. */
  read(position: number, frames: number): Buffer;
  /** How long it is, in frames. */
  length(): number;
  /** Lengthens it with silence. */
  padTo(frames: number): void;
  close(): void;
};

type Part = { readonly fd: number; dataBytes: number };

/** `pathOf(n)`: the path of part n, from 1. Parts that exist are gone on with; their format must be the same. */
export const openWav = (pathOf: (part: number) => string, format: WavFormat, mostBytes = MOST_DATA_BYTES): WavFile => {
  const frame = frameBytes(format);
  const head = headerBytes(format);
  const perPart = Math.floor(mostBytes / frame);
  const parts: Part[] = [];

  const open = (index: number): Part => {
    const path = pathOf(index + 1);
    let fd: number;
    try {
      fd = openSync(path, 'r+', 0o600);
    } catch {
      fd = openSync(path, 'wx+', 0o600);
    }
    const dataBytes = Math.max(0, fstatSync(fd).size - head);
    const part = { fd, dataBytes: dataBytes - (dataBytes % frame) };
    writeSync(fd, wavHeader(format, part.dataBytes), 0, head, 0);
    return part;
  };
  const partAt = (index: number): Part => {
    for (let next = parts.length; next <= index; next += 1) {
      // Every part but the last is full.
      const before = parts[next - 1];
      if (before) lengthen(before, perPart * frame);
      parts.push(open(next));
    }
    return parts[index] as Part;
  };
  const announce = (part: Part, dataBytes: number): void => {
    if (dataBytes <= part.dataBytes) return;
    part.dataBytes = dataBytes;
    writeSync(part.fd, wavHeader(format, dataBytes), 0, head, 0);
  };
  const lengthen = (part: Part, dataBytes: number): void => {
    if (dataBytes <= part.dataBytes) return;
    const silence = silenceOf(format);
    if (silence === 0) ftruncateSync(part.fd, head + dataBytes);
    else {
      const fill = Buffer.alloc(FILL_BYTES, silence);
      for (let at = part.dataBytes; at < dataBytes; at += fill.length) {
        writeSync(part.fd, fill, 0, Math.min(fill.length, dataBytes - at), head + at);
      }
    }
    announce(part, dataBytes);
  };

  const first = partAt(0);
  for (let next = 1; first.dataBytes >= perPart * frame; next += 1) {
    if (partAt(next).dataBytes < perPart * frame) break;
  }
  return {
    write(position, data) {
      let done = 0;
      while (done < data.length) {
        const at = position + done / frame;
        const part = partAt(Math.floor(at / perPart));
        const from = (at % perPart) * frame;
        const bytes = Math.min(data.length - done, perPart * frame - from);
        if (from > part.dataBytes && silenceOf(format) !== 0) lengthen(part, from);
        writeSync(part.fd, data, done, bytes, head + from);
        announce(part, from + bytes);
        done += bytes;
      }
    },
    read(position, frames) {
      const bytes = Buffer.alloc(frames * frame, silenceOf(format));
      let done = 0;
      while (done < bytes.length) {
        const at = position + done / frame;
        const part = parts[Math.floor(at / perPart)];
        const from = (at % perPart) * frame;
        const most = Math.min(bytes.length - done, perPart * frame - from);
        const there = Math.max(0, Math.min(most, (part?.dataBytes ?? 0) - from));
        if (part && there > 0) readSync(part.fd, bytes, done, there, head + from);
        done += most;
      }
      return bytes;
    },
    length: () => (parts.length - 1) * perPart + (parts.at(-1)?.dataBytes ?? 0) / frame,
    padTo(frames) {
      if (frames <= 0) return;
      const last = partAt(Math.floor((frames - 1) / perPart));
      lengthen(last, (((frames - 1) % perPart) + 1) * frame);
    },
    close() {
      for (const { fd } of parts.splice(0)) closeSync(fd);
    },
  };
};
