import { accessSync, constants, mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { reasonOf, ZoomWsError } from '../../errors.ts';
import type { Host } from '../../host.ts';
import type { Notify } from '../../notice/notice.ts';
import { findFolder, openStreamFiles, revokeFolder } from '../../rtms/files/index.ts';
import type { OpenTakers, Taker, Wishes } from '../../rtms/index.ts';
import type { RtmsValues } from './flags.ts';
import type { Pipes } from './pipes.ts';

/** Where streams are kept besides stdout. */
export type Keeping = {
  readonly openTakers: OpenTakers;
  /** A stream that we do not hold was revoked: what an earlier run saved of it is deleted. */
  onRevoked(streamId: string): void;
};

export type KeepingDeps = {
  readonly host: Pick<Host, 'clock' | 'cwd'>;
  readonly notify: Notify;
  readonly wishes: Wishes;
  readonly pipes: Pipes;
  /** Something could not be kept: exit 1 at the end. */
  readonly onFailure: () => void;
};

/** Opens the folder that everything is kept below. Throws `settings` if nothing can be written there. */
export const openKeeping = async (
  values: RtmsValues,
  { host, notify, wishes, pipes, onFailure }: KeepingDeps,
): Promise<Keeping> => {
  const root = values.save === undefined ? undefined : writable(resolve(host.cwd, values.save), values.save);
  const { clock } = host;
  const films = (['video', 'share'] as const).filter(
    (kind) => wishes.media.includes(kind) && wishes.formats[kind].codec === 'h264',
  );
  const openFilm =
    root !== undefined && films.length > 0 && values.mux !== 'none'
      ? (await import('../../rtms/video/film.ts')).openFilm
      : undefined;
  if (openFilm && !wishes.media.includes('audio')) notify({ kind: 'note', text: NO_SOUND });
  const failed = (label: string, error: unknown): void => {
    onFailure();
    const hint = isFull(error) ? 'The disk is full: make room. Other streams go on.' : 'Other streams go on.';
    notify({ kind: 'warning', text: `${label}: the files of this stream have ended: ${reasonOf(error)}`, hint });
  };
  return {
    openTakers(start, label) {
      const takers: Taker[] = [];
      let base: number | undefined;
      if (root !== undefined) {
        try {
          const files = openStreamFiles(start, {
            root,
            captions: values.captions.length > 0 ? values.captions : ['vtt', 'txt'],
            makesMix: values.tracks === 'both',
            formats: wishes.formats,
            pictures: { mux: values.mux, openFilm, films, hasSound: wishes.media.includes('audio') },
            clock,
            onFailure: (error) => failed(label, error),
          });
          base = files.base;
          takers.push(files);
        } catch (error) {
          failed(label, error);
        }
      }
      takers.push(...pipes.takersOf(start.streamId, label));
      return { takers, base };
    },
    onRevoked(streamId) {
      const folder = root === undefined ? undefined : findFolder(root, streamId);
      if (!folder) return;
      try {
        revokeFolder(folder.path, folder.earlier ?? {}, clock.now());
        notify({
          kind: 'warning',
          text: `stream ${streamId} was revoked: everything saved of it in ${folder.name} was deleted`,
        });
      } catch (error) {
        failed(`stream ${streamId}`, error);
      }
    },
  };
};

const NO_SOUND = 'video files have no sound: add audio to --media for it';

const isFull = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOSPC';

const writable = (path: string, given: string): string => {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    accessSync(path, constants.W_OK | constants.X_OK);
    return path;
  } catch (error) {
    throw new ZoomWsError(
      'settings',
      `--save "${given}": expected a folder that can be written to (${reasonOf(error)}).`,
    );
  }
};
