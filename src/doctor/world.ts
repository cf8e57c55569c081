import type { Keep } from '../flow/keep.ts';
import type { Notify } from '../notice/notice.ts';
import type { SecretKeeper } from '../secret.ts';
import type { HeartbeatOptions } from '../source/zoom-socket/index.ts';
import type { Clock } from '../time/clock.ts';
import type { Setup } from './setup.ts';

/** What the user asked of doctor. */
export type DoctorOptions = {
  readonly offline: boolean;
  /** How long to listen for events, in milliseconds. */
  readonly waitMs: number;
  readonly heartbeat: HeartbeatOptions;
  /** Which events count as received. */
  readonly keep: Keep;
  /** The patterns of `--event`, as typed; empty: every event counts. */
  readonly eventWords: string;
  /** Whether section 5 looks at a recording instead of the connection. */
  readonly hasRecording: boolean;
};

/** What all of doctor works with. */
export type DoctorWorld = {
  readonly options: DoctorOptions;
  readonly setup: Setup;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly nodeVersion: string;
  readonly cwd: string;
  readonly clock: Clock;
  readonly secrets: SecretKeeper;
  readonly notify: Notify;
  /** Takes secrets out of a text, and what a terminal would obey. */
  readonly clean: (text: string) => string;
  /** Ctrl-C, and the end of the run. */
  readonly signal: AbortSignal;
};
