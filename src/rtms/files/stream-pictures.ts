import type { Clock } from '../../time/clock.ts';
import { createPcmTracks } from '../audio/pcm-tracks.ts';
import type { MediaFact } from '../stream/taker.ts';
import type { openFilm } from '../video/film.ts';
import { createFilmRoll, type FilmRoll } from '../video/film-roll.ts';
import { createBareVideo, createPictureFiles } from '../video/pictures.ts';
import type { MediaFormats } from '../wire/media-params.ts';

type Picture = MediaFact & { readonly kind: 'picture' };
type Sound = MediaFact & { readonly kind: 'audio' };

type Kept = {
  readonly add: (picture: Picture, base: number) => void;
  readonly names: () => readonly string[];
  readonly roll?: FilmRoll;
  readonly flush?: () => void;
};

export type PicturesOptions = {
  readonly folder: string;
  /** `none`: bare H.264 and its times. */
  readonly mux: 'mkv' | 'mp4' | 'none';
  /** Loaded only where films are wanted. */
  readonly openFilm: typeof openFilm | undefined;
  /** Kinds that were asked for as films. */
  readonly films: readonly ('video' | 'share')[];
  readonly hasSound: boolean;
  readonly clock: Clock;
  readonly onFailure: (error: unknown) => void;
};

/** Video and share of one stream, as films, bare H.264 or pictures. */
export const createStreamPictures = (options: PicturesOptions, formats: () => MediaFormats) => {
  const { folder, mux, clock, onFailure } = options;
  const kept = new Map<'video' | 'share', Kept>();
  const pcmOf = createPcmTracks();

  const sound = () => {
    const { audio } = formats();
    return options.hasSound && (audio.codec === 'l16' || audio.codec === 'g711') ? audio : undefined;
  };
  const open = (media: 'video' | 'share'): Kept => {
    const { codec, fps } = formats()[media];
    if (codec !== 'h264') return createPictureFiles(folder, media, codec);
    if (mux === 'none' || !options.openFilm) return createBareVideo(folder, media);
    const roll = createFilmRoll({
      folder,
      name: media,
      kind: mux,
      fps,
      sound,
      clock,
      open: options.openFilm,
      onFailure,
    });
    return { roll, add: ({ at, data }, base) => roll.addPicture(at - base, data), names: roll.names };
  };
  /** Films listen from the first sound on. */
  const films = (): FilmRoll[] => {
    for (const media of options.films) if (!kept.has(media)) kept.set(media, open(media));
    return [...kept.values()].flatMap(({ roll }) => roll ?? []);
  };
  return {
    addPicture(picture: Picture, base: number) {
      const known = kept.get(picture.media) ?? open(picture.media);
      kept.set(picture.media, known);
      known.add(picture, base);
    },
    addSound(fact: Sound, base: number) {
      if (options.openFilm === undefined) return;
      const rolls = films();
      const packet = pcmOf(fact, base, formats().audio);
      if (packet) for (const roll of rolls) roll.addSound(packet.offsetMs, packet.pcm);
    },
    flush() {
      for (const { flush } of kept.values()) flush?.();
    },
    names: () => [...kept.values()].flatMap(({ names }) => names()),
    async end() {
      for (const { flush } of kept.values()) flush?.();
      await Promise.all([...kept.values()].map(({ roll }) => roll?.end()));
    },
    drop() {
      for (const { roll } of kept.values()) roll?.drop();
    },
  };
};
