import { resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { reasonOf } from '../errors.ts';
import type { CONNECTION_FLAGS } from './connection-flags.ts';
import type { Origin, Reading } from './read-flags.ts';
import { readSmallFile, readSmallStream, type Waiting } from './read-small-file.ts';

export type FoundSecret = {
  readonly value: string;
  /** As a refusal names it, with the file. */
  readonly place: string;
  readonly origin: Origin;
  /** Whether the origin only names the file that holds it. */
  readonly byFile: boolean;
};

export type SecretContext = Waiting & { readonly cwd: string; readonly stdin: () => Readable };

/**
 * The client secret, given itself or by the name of a file (`-`: stdin), whichever has the higher rank; the line end of
 * a file is not part of it. Adds to `complaints`; undefined if there is none or it is not needed.
 */
export const readClientSecret = async (
  { values, origins }: Reading<typeof CONNECTION_FLAGS>,
  context: SecretContext,
  complaints: string[],
): Promise<FoundSecret | undefined> => {
  // A given token makes the secret needless; then its file is not even opened.
  if (origins.accessToken) return undefined;
  const direct = origins.clientSecret;
  const file = origins.clientSecretFile;
  if (direct && file && direct.rank === file.rank) {
    complaints.push(`Both ${direct.place} and ${file.place} are set: expected one of them.`);
    return undefined;
  }
  if (direct && values.clientSecret !== undefined && (!file || direct.rank < file.rank)) {
    return { value: values.clientSecret, place: direct.place, origin: direct, byFile: false };
  }
  const path = values.clientSecretFile;
  if (!file || path === undefined) return undefined;
  try {
    const text =
      path === '-'
        ? await readSmallStream(context.stdin(), 'stdin', context)
        : await readSmallFile(resolve(context.cwd, path), context);
    const value = text.replace(/^\uFEFF/, '').replace(/(\r?\n)+$/, '');
    const place = `${file.place} (${path === '-' ? 'stdin' : path})`;
    if (value !== '') return { value, place, origin: file, byFile: true };
    complaints.push(`${file.place} "${path}": expected the client secret in it, but it is empty.`);
  } catch (error) {
    complaints.push(`${file.place} "${path}": expected a file that can be read (${reasonOf(error)}).`);
  }
  return undefined;
};
