import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import type { EpochMs } from '../../time/clock.ts';

/**
 * The name of a finished file: `today.ndjson.gz` → `today.20261122T014200.123Z.ndjson.gz`, the time being UTC, when it
 * was finished.
 */
const finishedName = (path: string, at: EpochMs): string => {
  const { stem, extension } = split(path);
  return join(dirname(path), `${stem}.${stampOf(at)}${extension}`);
};

/** Whether `name` is a finished file of the recording `path`; then its stamp, which sorts by time. */
export const stampIn = (path: string, name: string): string | undefined => {
  const { stem, extension } = split(path);
  if (!name.startsWith(`${stem}.`) || !name.endsWith(extension)) return undefined;
  const stamp = name.slice(stem.length + 1, name.length - extension.length);
  return /^\d{8}T\d{6}\.\d{3}Z$/.test(stamp) ? stamp : undefined;
};

/**
 * Creates an empty file under the finished name, and answers with that name. No file is overwritten: the name is taken
 * exclusively, and where it is taken already the next millisecond is tried.
 */
export const takeFinishedName = async (path: string, at: EpochMs): Promise<string> => {
  for (let stamp = at; ; stamp += 1) {
    const name = finishedName(path, stamp);
    try {
      await (await open(name, 'wx', 0o600)).close();
      return name;
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'EEXIST') continue;
      throw error;
    }
  }
};

/** Gives the file its finished name and answers with it. */
export const renameFinished = async (path: string, at: EpochMs): Promise<string> => {
  const name = await takeFinishedName(path, at);
  try {
    await rename(path, name);
    return name;
  } catch (error) {
    await rm(name, { force: true });
    throw error;
  }
};

const split = (path: string): { readonly stem: string; readonly extension: string } => {
  const name = basename(path);
  const packing = name.endsWith('.gz') ? '.gz' : '';
  const bare = name.slice(0, name.length - packing.length);
  const extension = `${extname(bare)}${packing}`;
  return { stem: name.slice(0, name.length - extension.length), extension };
};

/** 2026-11-22T01:42:00.123Z → 20261122T014200.123Z: no colons, which some file systems do not take. */
const stampOf = (at: EpochMs): string => new Date(at).toISOString().replaceAll(/[-:]/g, '');
