import { type FileHandle, open } from 'node:fs/promises';
import type { Clock } from '../time/clock.ts';
import type { Position } from './position.ts';
import { segmentPath } from './segments.ts';

/** A segment that has grown to this is closed and a new one begun, so that what is confirmed can be deleted. */
const SEGMENT_BYTES = 16 * 1024 * 1024;
/** What was written is on disk this soon after; a second is promised. */
const SYNC_AFTER_MS = 500;

/** Appends whole lines to the newest segment. */
export type SpoolWriter = {
  /**
   * Resolves when the lines are in the file; they are on disk within a second. Throws the file system's error where they
   * cannot be written; then nothing of them is in the spool.
   */
  append(lines: Buffer): Promise<void>;
  /** Where the next line will stand. */
  end(): Position;
  /** Resolves when all that was appended is on disk. */
  close(): Promise<void>;
};

/** `from`: where the newest segment ends. */
export const createSpoolWriter = async (folder: string, from: Position, clock: Clock): Promise<SpoolWriter> => {
  let { segment, offset } = from;
  let file = await open(segmentPath(folder, segment), 'a', 0o600);
  let syncing: Promise<void> | undefined;
  const closed = new AbortController();

  /** One sync for all that is written meanwhile. */
  const syncSoon = (target: FileHandle): void => {
    syncing ??= clock
      .sleep(SYNC_AFTER_MS, closed.signal)
      .catch(() => {})
      .then(() => {
        syncing = undefined;
        return target.datasync();
      })
      // A file that was closed meanwhile was synced before; a disk that fails shows at the next write.
      .catch(() => {});
  };

  const next = async (): Promise<void> => {
    const following = await open(segmentPath(folder, segment + 1), 'a', 0o600);
    const full = file;
    file = following;
    segment += 1;
    offset = 0;
    await full.datasync();
    await full.close();
  };

  return {
    async append(lines) {
      if (offset >= SEGMENT_BYTES) await next();
      try {
        await file.appendFile(lines);
      } catch (error) {
        // Half a line must not stand before the next one.
        await file.truncate(offset).catch(() => {});
        throw error;
      }
      offset += lines.length;
      syncSoon(file);
    },
    end: () => ({ segment, offset }),
    async close() {
      closed.abort();
      await syncing;
      await file.datasync();
      await file.close();
    },
  };
};
