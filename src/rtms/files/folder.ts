import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cleanName } from '../disk/clean-name.ts';
import type { StreamStart } from '../wire/start-event.ts';

const SHORT_ID = 8;
export const STREAM_FILE = 'stream.json';
export const REVOKED_FILE = 'revoked.json';

/** What `stream.json` of an earlier run says. */
export type Earlier = Readonly<Record<string, unknown>>;

export type StreamFolder = { readonly path: string; readonly name: string; readonly earlier: Earlier | undefined };

/** The first letters of a stream's id, as folders are called by. */
const shortId = (streamId: string): string => cleanName(streamId).slice(0, SHORT_ID) || 'stream';

/** The folder of a stream below `root`, if an earlier run has made one. */
export const findFolder = (root: string, streamId: string): StreamFolder | undefined => {
  const ending = `_${shortId(streamId)}`;
  for (const name of namesIn(root)) {
    if (!name.replace(/-\d+$/, '').endsWith(ending) && !name.endsWith(ending)) continue;
    const earlier = readEarlier(join(root, name));
    if (earlier?.rtms_stream_id === streamId) return { path: join(root, name), name, earlier };
  }
  return undefined;
};

/** The stream's folder: the one of an earlier run, or a new one that is nobody else's. Throws what the disk says. */
export const openFolder = (root: string, start: StreamStart, now: number): StreamFolder => {
  const known = findFolder(root, start.streamId);
  if (known) return known;
  const time = new Date(start.at ?? now).toISOString().replace(/[-:]|\.\d+/g, '');
  const what = cleanName(start.number ?? start.id) || start.product;
  const base = `${time}_${what}_${shortId(start.streamId)}`;
  for (let copy = 1; ; copy += 1) {
    const name = copy === 1 ? base : `${base}-${copy}`;
    try {
      mkdirSync(join(root, name), { mode: 0o700 });
      return { path: join(root, name), name, earlier: undefined };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || copy > 99) throw error;
    }
  }
};

const namesIn = (root: string): string[] => {
  try {
    return readdirSync(root);
  } catch {
    return [];
  }
};

const readEarlier = (folder: string): Earlier | undefined => {
  const path = join(folder, STREAM_FILE);
  if (!existsSync(path)) return undefined;
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return typeof value === 'object' && value !== null ? (value as Earlier) : undefined;
  } catch {
    return undefined;
  }
};
