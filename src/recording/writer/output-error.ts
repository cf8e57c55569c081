import { reasonOf, ZoomWsError } from '../../errors.ts';

/** What a failing write or open means, and what to do about it. */
const WORDS: Readonly<Record<string, readonly [what: string, hint: string]>> = {
  ENOSPC: ['the disk is full', 'Make room, or record elsewhere; what was recorded before is whole.'],
  EDQUOT: ['the quota of the disk is used up', 'Make room, or record elsewhere.'],
  EFBIG: ['the file has reached its size limit', 'Raise the file size limit (ulimit -f), or use --record-rotate.'],
  ENOENT: ['its directory does not exist', 'Create the directory; the path is relative to the working directory.'],
  ENOTDIR: ['its directory does not exist', 'Create the directory; the path is relative to the working directory.'],
  EACCES: ['permission was denied', 'Give a path that this user may write.'],
  EPERM: ['permission was denied', 'Give a path that this user may write.'],
  EROFS: ['the file system is read-only', 'Give a path that this user may write.'],
  EISDIR: ['it is a directory', 'Give the path of a file.'],
  EIO: ['the disk failed', 'Check the disk; record elsewhere meanwhile.'],
};

/** Whatever went wrong with the file `path`, for the user. */
export const outputError = (path: string, error: unknown, kind: 'output' | 'settings' = 'output'): ZoomWsError => {
  if (error instanceof ZoomWsError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const [what, hint] = WORDS[code] ?? [reasonOf(error), undefined];
  const named = what.includes(code) || code === '' ? what : `${what} (${code})`;
  return new ZoomWsError(kind, `The recording "${path}" cannot be written: ${named}.`, { hint, cause: error });
};
