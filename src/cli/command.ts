import type { Flags } from '../config/flag.ts';
import type { Typed } from '../config/read-flags.ts';
import type { Host } from '../host.ts';
import type { Notify } from '../notice/notice.ts';
import type { SecretKeeper } from '../secret.ts';

/** What a command gets besides the host: its own words, and the way to speak. */
export type Invocation = {
  /** What was typed for the command's flags, unread: `readFlags` does that. */
  readonly typed: Typed;
  /** What stood after the flags. */
  readonly words: readonly string[];
  readonly general: General;
  readonly notify: Notify;
  readonly secrets: SecretKeeper;
  /** All commands of the program. */
  readonly commands: readonly CommandEntry[];
};

/** A command before it is needed: its name and summary are known, its code is not loaded. */
export type CommandEntry = {
  readonly name: string;
  readonly summary: string;
  readonly load: () => Promise<{ readonly command: Command }>;
};

/** The flags that every command has, read. */
export type General = {
  readonly quiet: boolean;
  readonly verbose: number;
  readonly logFormat: 'text' | 'json';
  readonly color: 'auto' | 'always' | 'never';
};

/** Flags that help shows together. */
export type FlagGroup = { readonly title: string; readonly flags: Flags };

/** One command of the program: what help says of it, and what it does. */
export type Command = {
  /** Groups of flags, in the order of help. */
  readonly flags: readonly FlagGroup[];
  /** Its words, as commander spells them: `[pattern]`, `<file...>`; empty if it takes none. */
  readonly words: string;
  /** The flags that are used most, the first ones first, at most ten: for `-h`. Without it, its first ten. */
  readonly common?: readonly string[];
  /** Lines for `--help`: what to type, what it does. */
  readonly examples: readonly (readonly [command: string, does: string])[];
  /** Shown below the flags: exit codes, syntax of conditions … */
  readonly notes?: string;
  /** Resolves to the exit status; throws a `ZoomWsError` for what the user must hear of. */
  run(host: Host, invocation: Invocation): Promise<number>;
};
