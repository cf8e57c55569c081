import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ZoomWsError } from '../errors.ts';

/** One place where settings are looked for. */
export type Layer = {
  /** As messages name it: `the environment`, `.env`. */
  readonly name: string;
  /** The file that was read; undefined for the environment. */
  readonly path?: string;
  readonly values: Readonly<Record<string, string | undefined>>;
};

/**
 * The places where settings are looked for, first one first: the environment, then `.env` in the working directory;
 * or, with `--dotenv`, the named file and then the environment.
 * Throws `settings` if a named file cannot be read; a missing `.env` is no error.
 */
export const envLayers = async (
  env: Readonly<Record<string, string | undefined>>,
  cwd: string,
  dotenvPath: string | undefined,
): Promise<readonly Layer[]> => {
  const environment: Layer = { name: 'the environment', values: env };
  const path = resolve(cwd, dotenvPath ?? '.env');
  const text = readText(path, dotenvPath);
  if (text === undefined) return [environment, { name: '.env (no such file)', values: {} }];
  // Loaded only where there is a file. `parse` alone: nothing is printed and the process's environment stays as it is.
  const { parse } = await import('dotenv');
  const file: Layer = { name: dotenvPath ?? '.env', path, values: parse(text) };
  return dotenvPath === undefined ? [environment, file] : [file, environment];
};

const readText = (path: string, named: string | undefined): string | undefined => {
  try {
    return readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    if (named === undefined && code !== 'EACCES') return undefined;
    throw new ZoomWsError('settings', `The settings file "${named ?? '.env'}" cannot be read (${code}): ${path}.`, {
      hint:
        named === undefined
          ? 'Make it readable for this user (chmod 600 and the right owner), or remove it.'
          : 'Check the path that --dotenv names; it is relative to the working directory.',
    });
  }
};
