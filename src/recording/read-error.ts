import { reasonOf, ZoomWsError } from '../errors.ts';

const WORDS: Readonly<Record<string, string>> = {
  EIO: 'the disk, or what stands behind the file, failed (EIO)',
  EISDIR: 'it is a directory (EISDIR)',
  ESTALE: 'it was removed on the server that holds it (ESTALE)',
};

/** What a read that failed in the middle of a recording means, for the user; anything else is passed on as it is. */
export const readError = (name: string, error: unknown): unknown => {
  if (!(error instanceof Error && 'syscall' in error && error.syscall === 'read' && 'code' in error)) return error;
  const what = WORDS[String(error.code)] ?? reasonOf(error);
  const place = name === '-' ? 'The recording on stdin' : `The recording "${name}"`;
  return new ZoomWsError('damaged', `${place} cannot be read on: ${what}.`, {
    hint: 'What came before was replayed. Check the disk, or copy the file as far as it can be read.',
    cause: error,
  });
};
