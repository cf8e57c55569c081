import type { Readable, Writable } from 'node:stream';
import type { Clock } from './time/clock.ts';

/** A stream that may be a terminal. */
export type Terminal = Writable & { readonly isTTY?: boolean; readonly columns?: number; readonly rows?: number };

/** Everything that the program takes from the outside world. Only `bin/zoom-ws.ts` makes a real one. */
export type Host = {
  /** The words after the program's name. */
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly pid: number;
  readonly platform: NodeJS.Platform;
  /** `20.18.1` */
  readonly nodeVersion: string;
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly stdout: Terminal;
  readonly stderr: Terminal;
  readonly clock: Clock;
  /** From 0 (included) to 1 (excluded). */
  readonly random: () => number;
  /** Ends stdout for good: whoever reads it sees its end, though the process goes on. What is written later is lost. */
  readonly closeStdout: () => void;
  /** Calls `listener` for each SIGINT, SIGTERM and SIGHUP; the answer takes the listener off again. */
  readonly onSignal: (listener: (signal: StopSignal) => void) => () => void;
  /** Ends the process now, whatever is still unwritten. For the second Ctrl-C only. */
  readonly exitNow: (status: number) => never;
};

export type StopSignal = 'SIGINT' | 'SIGTERM' | 'SIGHUP';
