import { resolve } from 'node:path';
import { reasonOf } from '../../errors.ts';
import type { Host } from '../../host.ts';
import type { Notify } from '../../notice/notice.ts';
import { openReadyFile } from '../../supervisor/ready-file.ts';
import { openSystemd } from '../../supervisor/systemd.ts';

/** Tells whoever supervises the process whether it is connected. */
export type Supervision = {
  setReady(isReady: boolean): void;
  isReady(): boolean;
};

/** Keeps the ready file and systemd informed until `signal` aborts; then neither says "ready" again. */
export const supervise = (
  readyFile: string | undefined,
  host: Pick<Host, 'env' | 'pid' | 'cwd' | 'clock'>,
  notify: Notify,
  signal: AbortSignal,
): Supervision => {
  const file = readyFile === undefined ? undefined : openReadyFile(resolve(host.cwd, readyFile), host.pid);
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
