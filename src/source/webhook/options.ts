import type { Delivery } from '../../event/arrival.ts';
import type { Secret } from '../../secret.ts';

/** A header that every request must carry, with this value. */
export type RequiredHeader = { readonly name: string; readonly value: Secret };

export type TlsPair = { readonly key: string; readonly cert: string };

/** What the user asked of `listen`. */
export type WebhookOptions = {
  readonly host: string;
  /** 0 picks one. */
  readonly port: number;
  /** The only path that is accepted; undefined: any. */
  readonly path: string | undefined;
  /** Undefined: there is none. */
  readonly healthPath: string | undefined;
  readonly tls: TlsPair | undefined;
  /** Reads the files of key and certificate again, where they have changed. */
  readonly tlsFiles: { readonly key: string; readonly cert: string } | undefined;
  readonly publicUrl: string | undefined;
  /** Any of them may have signed. */
  readonly secrets: readonly Secret[];
  readonly requiredHeaders: readonly RequiredHeader[];
  /** 0: any age. */
  readonly maxAgeMs: number;
  /** Bytes. */
  readonly maxBody: number;
  /** How many events may wait. */
  readonly queue: number;
  /** Whether Zoom hears 200 once the event waits here, or once it is on disk. */
  readonly ack: 'received' | 'recorded';
  /** Whether an event will be recorded: one that the filters drop is answered at once. */
  readonly passes: (delivery: Delivery) => boolean;
  /** Whether requests are wanted as they came (`-o raw`), and notices of them. */
  readonly wantsFrames: boolean;
  readonly showsFrames: boolean;
};
