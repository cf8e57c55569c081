import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { reasonOf } from '../errors.ts';
import type { Secret, SecretKeeper } from '../secret.ts';
import type { Layer } from './env.ts';
import { Complaint } from './flag.ts';
import { secretText } from './webhook-flags.ts';

/** Where a kind of secret may stand: in its flags, and under its names in each further place. */
export type SecretNames = {
  readonly flag: string;
  readonly fileFlag: string;
  /** In the order of rank within one place; a place before all names of the next one. */
  readonly variables: readonly { readonly name: string; readonly file?: string }[];
};

export const WEBHOOK_SECRET: SecretNames = {
  flag: '--webhook-secret',
  fileFlag: '--webhook-secret-file',
  variables: [
    { name: 'ZOOM_WEBHOOK_SECRET_TOKEN', file: 'ZOOM_WEBHOOK_SECRET_TOKEN_FILE' },
    { name: 'ZOOM_WEBHOOK_SECRET' },
    { name: 'ZOOM_SECRET_TOKEN' },
  ],
};

export const FORWARD_SECRET: SecretNames = {
  flag: '--forward-secret',
  fileFlag: '--forward-secret-file',
  variables: [{ name: 'ZOOM_FORWARD_SECRET' }],
};

/** What was typed for a kind of secret. */
export type TypedSecrets = { readonly texts: readonly string[]; readonly files: readonly string[] };

export type SecretContext = {
  readonly cwd: string;
  readonly stdin: AsyncIterable<unknown>;
  readonly secrets: SecretKeeper;
  readonly layers: readonly Layer[];
  readonly warn: (text: string) => void;
};

type Candidate = { readonly value: string; readonly place: string };

/**
 * The secrets of the first place that has any: the command line, then each layer with its names in order. Adds to
 * `complaints`; never throws for what the user wrote.
 */
export const readSecrets = async (
  names: SecretNames,
  typed: TypedSecrets,
  context: SecretContext,
  complaints: string[],
): Promise<readonly Secret[]> => {
  const found = await firstPlace(names, typed, context, complaints);
  const good = found.filter(({ value, place }) => {
    try {
      return secretText(value) !== '';
    } catch (error) {
      if (!(error instanceof Complaint)) throw error;
      complaints.push(`${place}: ${error.message}.`);
      return false;
    }
  });
  return good.map(({ value }) => context.secrets.keep(value));
};

/** Where the secrets were looked for, for the complaint that there are none. */
export const lookedIn = (names: SecretNames, layers: readonly Layer[]): string =>
  `${names.flag}, ${names.variables[0]?.name}: looked at the flag, ${layers.map(({ name }) => name).join(' and ')}`;

const firstPlace = async (
  names: SecretNames,
  typed: TypedSecrets,
  context: SecretContext,
  complaints: string[],
): Promise<readonly Candidate[]> => {
  const texts = typed.texts.filter((text) => text !== '');
  const files = typed.files.filter((path) => path !== '');
  if (texts.length + files.length > 0) {
    if (texts.length > 0) {
      context.warn(
        `${names.flag} on the command line can be seen by every user of this machine; better in the environment, .env or a file`,
      );
    }
    const inFiles = await Promise.all(files.map((path) => linesOf(path, names.fileFlag, context, complaints)));
    return [...texts.map((value) => ({ value, place: names.flag })), ...inFiles.flat()];
  }
  for (const { name: layer, values } of context.layers) {
    for (const { name, file } of names.variables) {
      const value = values[name];
      const path = file === undefined ? undefined : values[file];
      if (!value && !path) continue;
      const direct = value ? [{ value, place: `${name} in ${layer}` }] : [];
      return [...direct, ...(path ? await linesOf(path, `${file} in ${layer}`, context, complaints) : [])];
    }
  }
  return [];
};

const linesOf = async (
  path: string,
  place: string,
  { cwd, stdin }: SecretContext,
  complaints: string[],
): Promise<readonly Candidate[]> => {
  try {
    const text = path === '-' ? await readAll(stdin) : readFileSync(resolve(cwd, path), 'utf8');
    const lines = text
      .replace(/^\uFEFF/, '')
      .split(/\r?\n/)
      .filter((line) => line !== '');
    if (lines.length === 0) complaints.push(`${place} "${path}": expected a secret in it, but it is empty.`);
    return lines.map((value) => ({ value, place: `${place} (${path === '-' ? 'stdin' : path})` }));
  } catch (error) {
    complaints.push(`${place} "${path}": expected a file that can be read (${reasonOf(error)}).`);
    return [];
  }
};

const readAll = async (stream: AsyncIterable<unknown>): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks).toString('utf8');
};
