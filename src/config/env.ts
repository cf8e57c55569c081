import { statSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import { reasonOf, ZoomWsError } from '../errors.ts';
import { readSmallFile, type Waiting } from './read-small-file.ts';
import type { Source } from './trust.ts';

/** One place where settings are looked for. */
export type Layer = {
  /** As messages name it: `the environment`, `.env`. */
  readonly name: string;
  readonly source: Source;
  /** The file that was read; undefined for the environment and for a file that is not there. */
  readonly path?: string;
  readonly values: Readonly<Record<string, string | undefined>>;
};

type Env = Readonly<Record<string, string | undefined>>;

export type SettingsWorld = Waiting & { readonly env: Env; readonly cwd: string };

/**
 * The places where settings are looked for, first one first: the environment, `.env` in the working directory and the
 * user's configuration folder; or, with `--dotenv`, the named file, the environment and that folder.
 * Throws `settings` if a named file cannot be read, and `usage` for a default one that is neither a file nor missing.
 */
export const envLayers = async (world: SettingsWorld, dotenvPath: string | undefined): Promise<readonly Layer[]> => {
  const environment: Layer = { name: 'the environment', source: 'environment', values: world.env };
  const inConfiguration = configurationFile(world.env);
  const configuration =
    inConfiguration === undefined
      ? []
      : [await defaultFile(inConfiguration, shortened(inConfiguration, world.env), 'configuration', world)];
  if (dotenvPath === undefined) {
    const ownFile = await defaultFile(resolve(world.cwd, '.env'), '.env', 'working directory', world);
    return [environment, ownFile, ...configuration];
  }
  return [await namedFile(dotenvPath, world), environment, ...configuration];
};

/**
 * Where settings are kept that hold in every folder: `env` in `$XDG_CONFIG_HOME/zoom-ws`, else in `~/.config/zoom-ws`.
 * Undefined without a home. A relative `$XDG_CONFIG_HOME` counts as not set [XDG Base Directory Specification].
 */
export const configurationFile = ({ XDG_CONFIG_HOME, HOME, USERPROFILE }: Env): string | undefined => {
  if (XDG_CONFIG_HOME && isAbsolute(XDG_CONFIG_HOME)) return join(XDG_CONFIG_HOME, 'zoom-ws', 'env');
  const home = HOME || USERPROFILE;
  return home && isAbsolute(home) ? join(home, '.config', 'zoom-ws', 'env') : undefined;
};

/** `~/.config/zoom-ws/env`: as people write it. */
export const shortened = (path: string, { HOME }: Env): string =>
  HOME && path.startsWith(`${HOME}/`) ? `~${path.slice(HOME.length)}` : path;

const namedFile = async (name: string, world: SettingsWorld): Promise<Layer> => {
  const path = resolve(world.cwd, name);
  try {
    return { name, source: 'named file', path, values: await parsed(path, world) };
  } catch (error) {
    throw new ZoomWsError('settings', `The settings file "${name}" cannot be read (${codeOf(error)}): ${path}.`, {
      hint: 'Check the path that --dotenv names; it is relative to the working directory.',
    });
  }
};

/** A file that is read if it is there. A directory of its name is somebody's, and no file. */
const defaultFile = async (path: string, name: string, source: Source, world: SettingsWorld): Promise<Layer> => {
  const missing: Layer = { name: `${name} (no such file)`, source, values: {} };
  try {
    const stats = statSync(path);
    if (stats.isDirectory()) return missing;
    if (stats.isFile()) return { name, source, path, values: await parsed(path, world) };
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return missing;
    throw new ZoomWsError('settings', `The settings file "${name}" cannot be read (${code}): ${path}.`, {
      hint: 'Make it readable for this user (chmod 600 and the right owner), or remove it.',
    });
  }
  // Nobody asked for it by name: a pipe would be waited for, a device may never end.
  throw new ZoomWsError('usage', `"${name}" is read for settings, and is no regular file: ${path}.`, {
    hint: 'Remove it, or name it with --dotenv if it is meant.',
  });
};

const parsed = async (path: string, world: SettingsWorld): Promise<Layer['values']> => {
  const text = (await readSmallFile(path, world)).replace(/^\uFEFF/, '');
  // Loaded only where there is a file. `parse` alone: nothing is printed and the process's environment stays as it is.
  const { parse } = await import('dotenv');
  return parse(text);
};

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : reasonOf(error);
