import { getBuiltinModule } from 'node:process';
import type { Notify } from '../notice/notice.ts';
import type { Clock } from '../time/clock.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** Tells systemd how we are: sd_notify(3), through the program `systemd-notify`, because Node has no datagram sockets. */
export type Systemd = {
  /** READY the first time; after that the status line alone. */
  setReady(isReady: boolean): void;
  /** The end has begun. */
  stopping(): void;
};

/**
 * Undefined where no supervisor listens (NOTIFY_SOCKET is not set). Where the program is missing, one warning and on.
 * The watchdog is answered at half its time, until `signal` aborts: the process lives and its timers run.
 */
export const openSystemd = (
  { env, pid }: { readonly env: Env; readonly pid: number },
  clock: Clock,
  notify: Notify,
  signal: AbortSignal,
): Systemd | undefined => {
  if (!env.NOTIFY_SOCKET) return undefined;
  const { execFile } = getBuiltinModule('node:child_process');
  // It gets what it needs, and none of the settings: those hold secrets.
  const ofNoSecret = { NOTIFY_SOCKET: env.NOTIFY_SOCKET, PATH: env.PATH };
  let works = true;
  let wasReady = false;

  const say = (...facts: readonly string[]): void => {
    if (!works) return;
    execFile('systemd-notify', facts, { env: ofNoSecret }, (error) => {
      if (!error || !works) return;
      works = false;
      const why = 'code' in error && error.code === 'ENOENT' ? 'the program systemd-notify is missing' : error.message;
      notify({ kind: 'warning', text: `NOTIFY_SOCKET is set, but systemd cannot be told: ${why.split('\n', 1)[0]}` });
    });
  };

  const answerWatchdog = async (everyMs: number): Promise<void> => {
    while (!signal.aborted) {
      say('WATCHDOG=1');
      await clock.sleep(everyMs, signal).catch(() => {});
    }
  };
  const watchdogUs = Number(env.WATCHDOG_USEC);
  if (watchdogUs > 0 && (env.WATCHDOG_PID === undefined || env.WATCHDOG_PID === String(pid))) {
    answerWatchdog(watchdogUs / 2000);
  }

  return {
    setReady(isReady) {
      if (isReady) say(...(wasReady ? [] : ['READY=1']), 'STATUS=connected');
      else say('STATUS=not connected');
      wasReady ||= isReady;
    },
    stopping: () => say('STOPPING=1'),
  };
};
