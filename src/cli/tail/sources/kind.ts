import type { Host } from '../../../host.ts';
import type { Source, SourceDeps } from '../../../source/source.ts';
import type { FlagGroup, Invocation } from '../../command.ts';

/** What the outputs and the verbosity need of the source, besides events. */
export type Wanted = {
  /** Frames as received (`-o raw`). */
  readonly frames: boolean;
  /** Notices of frames (`-vv`). */
  readonly frameNotices: boolean;
};

/** A source whose settings are known to be good; nothing has been sent anywhere yet. */
export type PreparedSource = {
  /** What it reads from, the same in each run: what waits to be published is kept apart by it. */
  readonly key: string;
  open(deps: SourceDeps, wanted: Wanted): Promise<Source>;
};

/** One way for `tail` to get events. */
export type SourceKind = {
  readonly name: string;
  /** Its flags, as help shows them. */
  readonly groups: readonly FlagGroup[];
  /** Whether flags or settings ask for this kind. The first kind that says so is the one. */
  isAskedFor(host: Host, invocation: Invocation): boolean | Promise<boolean>;
  /**
   * Reads its flags and settings. Throws `settings` with all that is wrong at once, `complaints` (those of the command's
   * other flags) among it.
   */
  prepare(host: Host, invocation: Invocation, complaints: readonly string[]): Promise<PreparedSource>;
};
