import { open, readFile, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** A place in the spool: the number of a segment, and how many of its bytes lie before the place. */
export type Position = { readonly segment: number; readonly offset: number };

const FILE = 'position';
const FORM = /^(\d{1,15}) (\d{1,15})\n$/;

/** Where publishing stopped; undefined where nothing says so. */
export const readPosition = async (folder: string): Promise<Position | undefined> => {
  const text = await readFile(join(folder, FILE), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  const [, segment, offset] = FORM.exec(text) ?? [];
  return segment === undefined ? undefined : { segment: Number(segment), offset: Number(offset) };
};

/**
 * Stores the position for good: written aside, on disk, and only then put in place, so that a crash leaves the old one or
 * the new one, never half of one.
 */
export const writePosition = async (folder: string, { segment, offset }: Position): Promise<void> => {
  const path = join(folder, FILE);
  const aside = `${path}.new`;
  const file = await open(aside, 'w', 0o600);
  try {
    await file.writeFile(`${segment} ${offset}\n`);
    await file.datasync();
  } finally {
    await file.close();
  }
  await rename(aside, path);
  await syncFolder(dirname(path));
};

/** A rename is on disk when its folder is. Windows cannot open a folder, and keeps its own order. */
const syncFolder = async (folder: string): Promise<void> => {
  const handle = await open(folder, 'r').catch(() => undefined);
  try {
    await handle?.sync().catch(() => {});
  } finally {
    await handle?.close();
  }
};
