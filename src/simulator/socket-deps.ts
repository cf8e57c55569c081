import type { Clock } from '../time/clock.ts';
import type { Client } from './client.ts';
import type { Armed } from './faults.ts';
import type { Note } from './heard.ts';
import type { Log } from './log.ts';
import type { Rules } from './rules.ts';
import type { Tokens } from './tokens.ts';

/** What the event socket knows of the rest of the simulator. */
export type SocketDeps = {
  readonly rules: Rules;
  readonly tokens: Tokens;
  readonly armed: Armed;
  readonly clock: Clock;
  readonly note: Note;
  readonly log: Log;
  readonly signal: AbortSignal;
  /** Called when a connection has been accepted. */
  readonly accepted: (client: Client) => void;
};
