import { closeSync, openSync, writeSync } from 'node:fs';
import {
  AppendOnlyStreamTarget,
  EncodedAudioPacketSource,
  EncodedPacket,
  EncodedVideoPacketSource,
  MkvOutputFormat,
  Mp4OutputFormat,
  Output,
} from 'mediabunny';
import type { PictureSize } from './h264.ts';

/** One video file with sound, which is only ever added to. The only importer of mediabunny; loaded for `--mux`. */
export type Film = {
  /** Times in milliseconds from the film's start. */
  addPicture(atMs: number, data: Buffer, isKey: boolean): void;
  addSound(atMs: number, pcm: Buffer): void;
  end(): Promise<void>;
  /** Ends at once, whatever is not written yet. */
  drop(): void;
};

export type FilmParts = {
  readonly path: string;
  readonly kind: 'mkv' | 'mp4';
  readonly size: PictureSize;
  readonly fps: number;
  /** Samples a second of the sound, mono; undefined for none. */
  readonly soundRate: number | undefined;
  readonly onFailure: (error: unknown) => void;
};

/** A cluster is written once it is complete: a crash loses no more than this and the pictures up to the next key. */
const PIECE_SECONDS = 0.5;
const BYTES = 2;

export const openFilm = ({ path, kind, size, fps, soundRate, onFailure }: FilmParts): Film => {
  let fd: number | undefined = openSync(path, 'wx', 0o600);
  const close = (): void => {
    if (fd !== undefined) closeSync(fd);
    fd = undefined;
  };
  const format =
    kind === 'mkv'
      ? new MkvOutputFormat({ appendOnly: true, minimumClusterDuration: PIECE_SECONDS })
      : new Mp4OutputFormat({ fastStart: 'fragmented', minimumFragmentDuration: PIECE_SECONDS });
  const target = new AppendOnlyStreamTarget(
    new WritableStream<Uint8Array>({
      write(bytes) {
        if (fd !== undefined) writeSync(fd, bytes);
      },
    }),
  );
  const output = new Output({ format, target });
  const video = new EncodedVideoPacketSource('avc');
  output.addVideoTrack(video, { frameRate: fps });
  const sound = soundRate === undefined ? undefined : new EncodedAudioPacketSource('pcm-s16');
  if (sound) output.addAudioTrack(sound);
  let last = -1;
  let soundAt = 0;
  let isOver = false;
  let isFirst = true;
  let work: Promise<unknown> = output.start();
  const then = (step: () => Promise<unknown>): void => {
    work = work
      .then(() => (isOver ? undefined : step()))
      .catch((error: unknown) => {
        if (!isOver) onFailure(error);
        isOver = true;
      });
  };
  return {
    addPicture(atMs, data, isKey) {
      // Times must grow from picture to picture.
      const at = Math.max(atMs / 1000, last + 0.001);
      last = at;
      const meta = isFirst
        ? { decoderConfig: { codec: size.codec, codedWidth: size.width, codedHeight: size.height } }
        : undefined;
      isFirst = false;
      const packet = new EncodedPacket(data, isKey ? 'key' : 'delta', at, 1 / fps);
      then(() => video.add(packet, meta));
    },
    addSound(atMs, pcm) {
      if (!sound || soundRate === undefined) return;
      const at = Math.max(atMs / 1000, soundAt);
      const seconds = pcm.length / BYTES / soundRate;
      soundAt = at + seconds;
      const meta = { decoderConfig: { codec: 'pcm-s16', sampleRate: soundRate, numberOfChannels: 1 } };
      then(() => sound.add(new EncodedPacket(pcm, 'key', at, seconds), meta));
    },
    async end() {
      then(() => output.finalize());
      await work;
      isOver = true;
      close();
    },
    drop() {
      isOver = true;
      close();
    },
  };
};
