import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { decodeALaw } from '../audio/a-law.ts';
import { cleanName } from '../disk/clean-name.ts';
import type { AudioFormat } from '../wire/media-params.ts';
import { createMix, type Mix } from './mix.ts';
import { createTrack, type Track } from './track.ts';
import { openWav } from './wav-file.ts';
import type { WavFormat } from './wav-header.ts';

export type AudioPacket = {
  /** Empty for Zoom's mix. */
  readonly trackId: string;
  readonly name: string | undefined;
  readonly offsetMs: number;
  readonly data: Buffer;
};

/** The WAV files of a stream: a track for each participant, or Zoom's mix, or both of our own making. */
export type AudioFiles = {
  add(packet: AudioPacket): void;
  flush(): void;
  /** Pads all tracks to one length. */
  padTo(ms: number): void;
  names(): readonly string[];
  close(): void;
};

export const createAudioFiles = (
  folder: string,
  format: AudioFormat,
  makesMix: boolean,
  mostBytes?: number,
): AudioFiles => {
  const wav: WavFormat = { code: format.codec === 'g711' ? 6 : 1, rate: format.rate, channels: format.channels };
  const pcm: WavFormat = { ...wav, code: 1 };
  const tracks = new Map<string, Track>();
  const names = new Set<string>();
  let mix: Mix | undefined;

  const open = (name: string, as: WavFormat) => {
    const fileOf = (part: number) => (part === 1 ? `${name}.wav` : `${name}-${part}.wav`);
    return openWav(
      (part) => {
        names.add(fileOf(part));
        return join(folder, fileOf(part));
      },
      as,
      mostBytes,
    );
  };
  const trackOf = ({ trackId, name }: AudioPacket): Track => {
    const known = tracks.get(trackId);
    if (known) return known;
    const file = trackId === '' ? 'audio-mixed' : freeName(folder, trackId, name, names);
    const track = createTrack(open(file, wav), wav);
    tracks.set(trackId, track);
    return track;
  };
  return {
    add(packet) {
      const pieces = trackOf(packet).add(packet.offsetMs, packet.data);
      if (!makesMix || packet.trackId === '') return;
      mix ??= createMix(open('audio-mixed', pcm), pcm.rate);
      for (const { position, data } of pieces) mix.add(position, wav.code === 6 ? decodeALaw(data) : data);
    },
    flush() {
      for (const track of tracks.values()) track.flush();
      mix?.flush();
    },
    padTo(ms) {
      const all = [...tracks.values(), ...(mix ? [mix] : [])];
      const frames = Math.max(Math.round((ms * format.rate) / 1000), ...all.map((track) => track.length()));
      for (const track of all) track.padTo(frames);
    },
    names: () => [...names],
    close() {
      for (const track of tracks.values()) track.close();
      mix?.close();
      tracks.clear();
      mix = undefined;
    },
  };
};

/** `audio-<user id>-<name>`; the file of an earlier run is gone on with, whatever the name was then. */
const freeName = (folder: string, trackId: string, name: string | undefined, taken: ReadonlySet<string>): string => {
  const id = cleanName(trackId) || 'unknown';
  const there = readdirSync(folder).sort((a, b) => a.length - b.length);
  const earlier = there.find(
    (file) =>
      (file === `audio-${id}.wav` || file.startsWith(`audio-${id}-`)) && file.endsWith('.wav') && !taken.has(file),
  );
  if (earlier) return earlier.slice(0, -'.wav'.length);
  const clean = name === undefined ? '' : cleanName(name);
  const base = clean === '' ? `audio-${id}` : `audio-${id}-${clean}`;
  let free = base;
  // Two ids that are the same once cleaned.
  for (let copy = 2; taken.has(`${free}.wav`) || existsSync(join(folder, `${free}.wav`)); copy += 1)
    free = `${base}_${copy}`;
  return free;
};
