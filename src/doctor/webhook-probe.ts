import type { Finding } from './finding.ts';

/** What the checks of section 7 find; made by whoever knows the endpoint and the secret. Only challenges are sent. */
export type WebhookProbe = {
  readonly target: string;
  /** What is wrong with the secret; undefined if nothing is. */
  readonly problem: string | undefined;
  readonly url: (signal: AbortSignal) => Promise<Finding>;
  readonly challenge: (signal: AbortSignal) => Promise<Finding>;
  readonly signature: (signal: AbortSignal) => Promise<Finding>;
  readonly rawBody: (signal: AbortSignal) => Promise<Finding>;
  readonly age: (signal: AbortSignal) => Promise<Finding>;
};
