import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { reasonOf } from '../errors.ts';
import type { CONNECTION_FLAGS } from './connection-flags.ts';
import type { Reading } from './read-flags.ts';

export type FoundSecret = { readonly value: string; readonly place: string };

/**
 * The client secret, given itself or by the name of a file (`-`: stdin), whichever has the higher rank; the line end of
 * a file is not part of it. Adds to `complaints`; undefined if there is none or it is not needed.
 */
export const readClientSecret = async (
  { values, origins }: Reading<typeof CONNECTION_FLAGS>,
  context: { readonly cwd: string; readonly stdin: AsyncIterable<unknown> },
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
    return { value: values.clientSecret, place: direct.place };
  }
  if (!file || values.clientSecretFile === undefined) return undefined;
  const path = values.clientSecretFile;
  try {
    const text = path === '-' ? await readAll(context.stdin) : readFileSync(resolve(context.cwd, path), 'utf8');
    const value = text.replace(/^\uFEFF/, '').replace(/(\r?\n)+$/, '');
    if (value !== '') return { value, place: `${file.place} (${path === '-' ? 'stdin' : path})` };
    complaints.push(`${file.place} "${path}": expected the client secret in it, but it is empty.`);
  } catch (error) {
    complaints.push(`${file.place} "${path}": expected a file that can be read (${reasonOf(error)}).`);
  }
  return undefined;
};

const readAll = async (stream: AsyncIterable<unknown>): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks).toString('utf8');
};
