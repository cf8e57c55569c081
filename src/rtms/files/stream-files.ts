import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../../time/clock.ts';
import { writeWhole } from '../disk/write-whole.ts';
import type { Taker } from '../stream/taker.ts';
import type { MediaFormats } from '../wire/media-params.ts';
import type { StreamStart } from '../wire/start-event.ts';
import { type AudioFiles, createAudioFiles } from './audio-files.ts';
import type { CaptionKind } from './caption-formats.ts';
import { createEventLines, EVENTS_FILE, readEventLines } from './event-lines.ts';
import { openFolder, STREAM_FILE } from './folder.ts';
import { revokeFolder } from './revoke.ts';
import { createStreamPictures, type PicturesOptions } from './stream-pictures.ts';
import { createStreamRecord } from './stream-record.ts';
import { createStreamText } from './stream-text.ts';

/** What is in memory reaches the files this often: a crash loses less than a second. */
const FLUSH_MS = 400;
/** `stream.json` is replaced this often where anything has changed. */
const RECORD_MS = 2_000;
/** Audio this far ahead of the clock is a time that is wrong, and would make a file of silence. */
const AHEAD_MS = 600_000;

export type FilesOptions = {
  readonly root: string;
  readonly captions: readonly CaptionKind[];
  /** Whether a mix is made here, besides a track for each participant. */
  readonly makesMix: boolean;
  readonly formats: MediaFormats;
  readonly pictures: Pick<PicturesOptions, 'mux' | 'openFilm' | 'films' | 'hasSound'>;
  readonly clock: Clock;
  readonly onFailure: (error: unknown) => void;
};

/** Keeps a stream in a folder of its own. Opening throws what the disk says; afterwards a failure ends these files only. */
export const openStreamFiles = (
  start: StreamStart,
  options: FilesOptions,
): Taker & { readonly base: number | undefined } => {
  const { clock, captions, makesMix, onFailure } = options;
  const folder = openFolder(options.root, start, clock.now());
  const record = createStreamRecord(start, folder.earlier);
  const text = createStreamText(folder.path, captions);
  const lines = createEventLines(folder.path);
  for (const event of readEventLines(folder.path)) text.hear(event);
  let formats = options.formats;
  let audio: AudioFiles | undefined;
  let skew: number | undefined;
  let isOver = false;
  let hasChanged = true;
  let recordedAt = Number.NEGATIVE_INFINITY;
  const over = new AbortController();

  const names = (): readonly string[] => [
    STREAM_FILE,
    ...[EVENTS_FILE].filter((file) => existsSync(join(folder.path, file))),
    ...text.names(),
    ...(audio?.names() ?? []),
    ...pictures.names(),
  ];
  const writeRecord = (): void => {
    writeWhole(join(folder.path, STREAM_FILE), `${JSON.stringify(record.facts(names()), null, 2)}\n`);
    recordedAt = clock.monotonic();
    hasChanged = false;
  };
  const flush = (): void => {
    lines.flush();
    text.flush();
    audio?.flush();
    pictures.flush();
    if (hasChanged && clock.monotonic() - recordedAt >= RECORD_MS) writeRecord();
  };
  /** Whatever the disk refuses ends these files, not the stream. */
  const attempt = (work: () => void): void => {
    if (isOver) return;
    try {
      work();
    } catch (error) {
      isOver = true;
      over.abort();
      pictures.drop();
      try {
        audio?.close();
      } catch {
        // The disk that refused before refuses again.
      }
      onFailure(error);
    }
  };
  const pictures = createStreamPictures(
    {
      ...options.pictures,
      folder: folder.path,
      clock,
      onFailure: (error) =>
        attempt(() => {
          throw error;
        }),
    },
    () => formats,
  );
  const keepFlushing = async (): Promise<void> => {
    while (!over.signal.aborted) {
      await clock.sleep(FLUSH_MS, over.signal).catch(() => {});
      if (!over.signal.aborted) attempt(flush);
    }
  };
  writeRecord();
  keepFlushing();

  return {
    base: record.base(),
    onBase(base) {
      record.setBase(base);
      attempt(writeRecord);
    },
    onGranted(media, granted) {
      for (const kind of ['audio', 'video', 'share'] as const) {
        if (media.includes(kind)) formats = { ...formats, [kind]: granted[kind] };
      }
      record.grant(media, granted);
      hasChanged = true;
    },
    onGap(gap) {
      record.gaps.push(gap);
      hasChanged = true;
    },
    onEvent(event) {
      attempt(() => {
        record.people.hear(event);
        lines.add(event);
        text.hear(event);
        hasChanged = true;
      });
    },
    onMedia(fact, base) {
      const lead = fact.at - clock.now();
      skew ??= lead;
      if (lead > skew + AHEAD_MS) return;
      if (fact.kind === 'picture') return attempt(() => pictures.addPicture(fact, base));
      attempt(() => {
        pictures.addSound(fact, base);
        audio ??= createAudioFiles(folder.path, formats.audio, makesMix);
        record.people.see(fact.userId, fact.userName, fact.channelId);
        hasChanged = true;
        audio.add({
          trackId: fact.channelId ?? fact.userId,
          name: fact.userName ?? record.people.nameOf(fact.userId),
          offsetMs: fact.at - base,
          data: fact.data,
        });
      });
    },
    async end({ at, stopReason, complete }) {
      await pictures.end().catch(onFailure);
      attempt(() => {
        flush();
        if (complete) audio?.padTo(0);
        record.end(stopReason, at, complete);
        writeRecord();
        audio?.close();
      });
      isOver = true;
      over.abort();
      return names().map((file) => join(folder.name, file));
    },
    revoke({ at }) {
      isOver = true;
      over.abort();
      pictures.drop();
      try {
        audio?.close();
      } catch {
        // It is deleted next.
      }
      try {
        revokeFolder(folder.path, record.facts([]), at);
      } catch (error) {
        onFailure(error);
      }
    },
  };
};
