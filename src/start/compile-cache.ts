import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire, Module } from 'node:module';
import { homedir } from 'node:os';
import { basename, dirname, isAbsolute, join } from 'node:path';
import { Script } from 'node:vm';
import { ownFolder } from '../local/own-folder.ts';

type World = {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly pid: number;
  /** Undefined where users have no numbers. */
  readonly uid: number | undefined;
  /** Of Node, and of the machine: no other can use what this one compiled. */
  readonly runtime: string;
};

export type CompileCache = {
  /** Keeps what was compiled in this run, also of files that came from the cache: they may need more functions now. */
  keep(): void;
};

/**
 * Lets the files of the folder `bundle` start from what V8 compiled of them in an earlier run. Does nothing where nothing
 * can be kept; never throws.
 *
 * Node has a compile cache too, from 22.8 on, but it lacks the functions that were compiled after their file was loaded,
 * which are most, and lies below /tmp, where others could put code that we would run.
 */
export const useCompileCache = (bundle: string, world: World): CompileCache => {
  const folder = cacheFolder(world);
  if (folder === undefined) return { keep: () => {} };
  const entryOf = (name: string): string => join(folder, `${name}.${world.runtime}`);
  const loaded: { readonly entry: string; readonly script: Script }[] = [];
  let hasNew = false;

  const { extensions } = createRequire(join(bundle, 'any.js'));
  const loadPlainly = extensions['.js'];
  extensions['.js'] = (module, file) => {
    if (dirname(file) !== bundle) return loadPlainly(module, file);
    const name = basename(file);
    const entry = entryOf(name);
    const cachedData = readEntry(entry);
    const script = new Script(Module.wrap(readFileSync(file, 'utf8')), { filename: name, cachedData });
    loaded.push({ entry, script });
    hasNew ||= cachedData === undefined || script.cachedDataRejected === true;
    script.runInThisContext()(module.exports, (id: string) => module.require(id), module, file, bundle);
  };

  return {
    keep() {
      if (!hasNew) return;
      hasNew = false;
      try {
        for (const { entry, script } of loaded) writeEntry(entry, script.createCachedData(), world.pid);
        removeStrangers(folder, bundle);
      } catch {
        // A full or read-only disk: then the next start takes as long as this one.
      }
    },
  };
};

const cacheFolder = ({ env, platform, uid }: World): string | undefined => {
  // The name is Node's own, for its own cache.
  if (env.NODE_DISABLE_COMPILE_CACHE) return undefined;
  // Under sudo HOME may be another's: what root makes there, its owner could not use.
  const isOurs = (folder: string) => uid === undefined || statSync(folder).uid === uid;
  try {
    const caches = userCaches(env, platform);
    if (caches === undefined || !isAbsolute(caches)) return undefined;
    if (!existsSync(caches) && isOurs(dirname(caches))) mkdirSync(caches, { mode: 0o700 });
    return isOurs(caches) ? ownFolder(join(caches, 'zoom-ws'), uid) : undefined;
  } catch {
    // Also where the machine does not know this user, as in a container that runs under a number of its own.
    return undefined;
  }
};

/** Where programs keep what they can make again [XDG Base Directory Specification; Apple's and Microsoft's guides]. */
const userCaches = (env: World['env'], platform: NodeJS.Platform): string | undefined => {
  if (platform === 'win32') return env.LOCALAPPDATA;
  if (env.XDG_CACHE_HOME) return env.XDG_CACHE_HOME;
  return join(homedir(), platform === 'darwin' ? 'Library/Caches' : '.cache');
};

const DIGEST_BYTES = 32;
const digestOf = (code: Buffer): Buffer => createHash('sha256').update(code).digest();

/** V8 checks that code is of its own version, not that it is whole: half of it would crash the process. */
const readEntry = (entry: string): Buffer | undefined => {
  try {
    const bytes = readFileSync(entry);
    const code = bytes.subarray(DIGEST_BYTES);
    return digestOf(code).equals(bytes.subarray(0, DIGEST_BYTES)) ? code : undefined;
  } catch {
    return undefined;
  }
};

const writeEntry = (entry: string, code: Buffer, pid: number): void => {
  // Another process may read it meanwhile.
  const draft = `${entry}.${pid}`;
  writeFileSync(draft, Buffer.concat([digestOf(code), code]), { mode: 0o600 });
  renameSync(draft, entry);
};

/** Entries of files that this bundle does not have: it was built or installed anew. */
const removeStrangers = (folder: string, bundle: string): void => {
  for (const name of readdirSync(folder)) {
    const file = name.slice(0, name.indexOf('.js') + '.js'.length);
    if (!existsSync(join(bundle, file))) rmSync(join(folder, name), { force: true });
  }
};
