import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../../time/clock.ts';
import { createLivePcm, type LivePcm } from '../audio/live-pcm.ts';
import type { AudioFormat } from '../wire/media-params.ts';
import type { Film, openFilm } from './film.ts';
import { readAccessUnit, sizeOf } from './h264.ts';

/** So much sound is remembered for the next film. */
const RECENT_MS = 5_000;

export type FilmRollParts = {
  readonly folder: string;
  /** `video` or `share`. */
  readonly name: string;
  readonly kind: 'mkv' | 'mp4';
  readonly fps: number;
  /** The format of the sound, or undefined for none. */
  readonly sound: () => AudioFormat | undefined;
  readonly clock: Clock;
  readonly open: typeof openFilm;
  readonly onFailure: (error: unknown) => void;
};

/** The films of one kind of pictures: a new one begins with the first key picture, and whenever the size changes. */
export type FilmRoll = {
  addPicture(offsetMs: number, data: Buffer): void;
  addSound(offsetMs: number, pcm: Buffer): void;
  names(): readonly string[];
  end(): Promise<void>;
  drop(): void;
};

export const createFilmRoll = (parts: FilmRollParts): FilmRoll => {
  const { folder, name, kind, fps, clock } = parts;
  const names: string[] = [];
  const ending: Promise<void>[] = [];
  let film: Film | undefined;
  let live: LivePcm | undefined;
  let sps: Buffer | undefined;
  let startMs = 0;
  let lastMs = 0;
  /** Sound that may belong to a film that has not begun: pictures come later than sound. */
  let recent: { readonly offsetMs: number; readonly pcm: Buffer }[] = [];

  const finish = (): void => {
    // Silence up to the last picture, where nobody spoke.
    live?.add(lastMs, Buffer.alloc(2));
    live?.end();
    live = undefined;
    if (film) ending.push(film.end());
    film = undefined;
  };
  const begin = (offsetMs: number): void => {
    const size = sps && sizeOf(sps);
    if (!size) return;
    let number = names.length + 1;
    while (existsSync(join(folder, `${name}-${number}.${kind}`))) number += 1;
    const file = `${name}-${number}.${kind}`;
    const sound = parts.sound();
    const mine = parts.open({
      path: join(folder, file),
      kind,
      size,
      fps,
      soundRate: sound?.rate,
      onFailure: parts.onFailure,
    });
    names.push(file);
    film = mine;
    startMs = offsetMs;
    if (!sound) return;
    live = createLivePcm({
      rate: sound.rate,
      packetMs: sound.packetMs,
      clock,
      from: offsetMs,
      write: (pcm, atMs) => mine.addSound(atMs - offsetMs, pcm),
    });
    for (const packet of recent) if (packet.offsetMs >= offsetMs) live.add(packet.offsetMs, packet.pcm);
  };
  return {
    addPicture(offsetMs, data) {
      const unit = readAccessUnit(data);
      if (unit.sps && sps && !unit.sps.equals(sps)) {
        finish();
        sps = unit.sps;
      } else sps = unit.sps ?? sps;
      if (!film && unit.isKey) begin(offsetMs);
      if (!film || !unit.hasPicture || offsetMs < startMs) return;
      lastMs = Math.max(lastMs, offsetMs);
      film.addPicture(offsetMs - startMs, data, unit.isKey);
    },
    addSound(offsetMs, pcm) {
      recent.push({ offsetMs, pcm });
      if ((recent[0]?.offsetMs ?? 0) < offsetMs - RECENT_MS)
        recent = recent.filter((one) => one.offsetMs >= offsetMs - RECENT_MS);
      live?.add(offsetMs, pcm);
    },
    names: () => names,
    async end() {
      finish();
      await Promise.all(ending);
    },
    drop() {
      live?.stop();
      film?.drop();
      live = undefined;
      film = undefined;
    },
  };
};
