import { execFile } from 'node:child_process';
import { statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { promisify } from 'node:util';
import { MARKETPLACE } from '../../zoom/marketplace.ts';
import { type Check, pass, skip, warn } from '../check.ts';
import type { Setup } from '../setup.ts';

/** Bits of the mode that let others than the owner read. */
const OTHERS_READ = 0o044;
const GIT_MS = 3_000;

export const envFile: Check = {
  id: 'setup.env-file',
  section: 0,
  title: 'files with secrets are private',
  needs: [],
  limitMs: 10_000,
  async run({ setup, cwd, platform }, signal) {
    const files = secretFiles(setup, cwd);
    if (files.length === 0) return pass(`${aboutSettingsFile(setup)}, and no other file holds a secret`);
    const open = platform === 'win32' ? [] : files.filter(({ path }) => isOpen(path));
    const tracked: SecretFile[] = [];
    for (const file of files) if (await isTracked(file.path, signal)) tracked.push(file);
    const names = (list: readonly SecretFile[]) => list.map(({ name }) => name).join(' and ');
    if (open.length === 0 && tracked.length === 0) {
      return platform === 'win32'
        ? skip('file modes mean nothing on Windows; git does not track the file')
        : pass(`${names(files)}: only its owner can read it, and git does not track it`);
    }
    const details = [
      ...open.map(({ name, path }) => `${name} can be read by others (mode ${modeOf(path)})`),
      ...tracked.map(({ name }) => `${name} is tracked by git`),
    ];
    const hints = [
      ...open.map(({ name }) => `Make it private: chmod 600 ${name}.`),
      ...tracked.map(
        ({ name }) =>
          `Take it out of git (git rm --cached ${name}; echo ${basename(name)} >> .gitignore). If it was ever pushed, make a new client secret: ${MARKETPLACE}, App Credentials, Regenerate.`,
      ),
    ];
    return warn(details.join('\n'), hints.join(' '));
  },
};

type SecretFile = { readonly name: string; readonly path: string };

/** The `.env` if it holds a secret, and the file of the client secret. */
const secretFiles = ({ layers, secretFile }: Setup, cwd: string): readonly SecretFile[] => {
  const dotenv = layers.flatMap(({ name, path, values }) =>
    path !== undefined && (values.ZOOM_CLIENT_SECRET || values.ZOOM_ACCESS_TOKEN) ? [{ name, path }] : [],
  );
  return secretFile === undefined ? dotenv : [...dotenv, { name: secretFile, path: resolve(cwd, secretFile) }];
};

/** In the words of `setup.settings`, which says where it looked. */
const aboutSettingsFile = ({ layers, complaints }: Setup): string => {
  const file = layers.find(({ path }) => path !== undefined);
  if (file) return `${file.name} holds no client secret and no access token`;
  const isUnreadable = complaints.some((complaint) => complaint.startsWith('The settings file '));
  return isUnreadable ? 'the settings file cannot be read' : 'there is no .env file';
};

const isOpen = (path: string): boolean => {
  const stats = statSync(path, { throwIfNoEntry: false });
  // A pipe (`<(pass show zoom)`) or a device has no readers but us.
  return stats?.isFile() === true && (stats.mode & OTHERS_READ) !== 0;
};

const modeOf = (path: string): string =>
  ((statSync(path, { throwIfNoEntry: false })?.mode ?? 0) & 0o777).toString(8).padStart(4, '0');

/** Whether git has the file; no where there is no git, or no repository. Nothing that a repository configures is run. */
const isTracked = async (path: string, signal: AbortSignal): Promise<boolean> => {
  const command = ['-c', 'core.fsmonitor=false', 'ls-files', '--error-unmatch', '--', basename(path)];
  try {
    await promisify(execFile)('git', command, { cwd: dirname(path), timeout: GIT_MS, signal });
    return true;
  } catch {
    signal.throwIfAborted();
    return false;
  }
};
