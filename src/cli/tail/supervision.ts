import { realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { reasonOf, ZoomWsError } from '../../errors.ts';
import type { Host } from '../../host.ts';
import type { Notify } from '../../notice/notice.ts';
import { openReadyFile } from '../../supervisor/ready-file.ts';
import { openSystemd } from '../../supervisor/systemd.ts';

/** Tells whoever supervises the process whether it is connected. */
export type Supervision = {
  setReady(isReady: boolean): void;
  isReady(): boolean;
};

/** A recording may be empty, and would be taken for a ready file that was left behind. */
const openOwnFile = (readyFile: string, record: string | undefined, { cwd, pid }: Pick<Host, 'cwd' | 'pid'>) => {
  const path = resolve(cwd, readyFile);
  if (record !== undefined && realPath(path) === realPath(resolve(cwd, record))) {
    throw new ZoomWsError('settings', `--ready-file "${readyFile}" is the file of --record: expected another path.`);
  }
  return openReadyFile(path, pid);
};

/** The path behind all links, also of a file that is not there yet. */
const realPath = (path: string): string => {
  try {
    return realpathSync(path);
  } catch {
    const folder = dirname(path);
    return folder === path ? path : join(realPath(folder), basename(path));
  }
};

/** Keeps the ready file and systemd informed until `signal` aborts; then neither says "ready" again. */
export const supervise = (
  { readyFile, record }: { readonly readyFile?: string | undefined; readonly record?: string | undefined },
  host: Pick<Host, 'env' | 'pid' | 'cwd' | 'clock'>,
  notify: Notify,
  signal: AbortSignal,
): Supervision => {
  const file = readyFile === undefined ? undefined : openOwnFile(readyFile, record, host);
  const systemd = openSystemd(host, host.clock, notify, signal);
  let ready = false;
  const setReady = (isReady: boolean): void => {
    ready = isReady;
    try {
      file?.set(isReady);
    } catch (error) {
      notify({ kind: 'warning', text: `the ready file "${readyFile}" cannot be kept: ${reasonOf(error)}` });
    }
  };
  signal.addEventListener('abort', () => {
    setReady(false);
    systemd?.stopping();
  });
  return {
    isReady: () => ready,
    setReady(isReady) {
      if (signal.aborted) return;
      setReady(isReady);
      systemd?.setReady(isReady);
    },
  };
};
