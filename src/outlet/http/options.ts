import type { Secret } from '../../secret.ts';

/** What the user asked of `--forward-to`. */
export type ForwardOptions = {
  /** As notices show it: without credentials and query. */
  readonly shown: string;
  readonly origin: string;
  /** Path and query. */
  readonly path: string;
  /** Addresses to try in turn instead of what a resolver says. */
  readonly addresses: readonly string[];
  /** Added to every request; names in lower case. */
  readonly headers: readonly { readonly name: string; readonly value: Secret }[];
  /** Undefined: unsigned. */
  readonly secret: Secret | undefined;
  readonly userAgent: string;
  readonly isInsecure: boolean;
  readonly concurrency: number;
  readonly timeoutMs: number;
  readonly retries: number;
  readonly overflow: 'wait' | 'fail';
  /** The recording of what was given up. */
  readonly failedFile: string | undefined;
  readonly body: 'raw' | 'stringify';
  readonly showsResponse: boolean;
  /** A limit from the end of the source; undefined: as long as there is progress. */
  readonly drainMs: number | undefined;
  readonly checks: boolean;
  /** Whether texts may not be shown at all. */
  readonly isRedacted: boolean;
  /** Whether each delivery is told. */
  readonly tellsAll: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
};
