import type { NatsUrl } from '../../engine/url.ts';
import type { EpochMs } from '../../time/clock.ts';

/** How a stream of NATS JetStream is read. */
export type StreamOptions = {
  readonly url: NatsUrl;
  /** Where to begin: what comes from now on, everything, or what was stored from this time on. */
  readonly start: 'new' | 'all' | EpochMs;
  /** The subject that the server filters by; undefined for all events. */
  readonly filter: string | undefined;
  /** The position is kept by the server, under this name; several readers with one name share the events. */
  readonly durable: DurableOptions | undefined;
  /** Whether it ends after what was stored at the start. */
  readonly untilNow: boolean;
  /** Undefined: ten at the start, unlimited afterwards. */
  readonly maxRetries: number | undefined;
};

export type DurableOptions = {
  readonly name: string;
  /** An event that is not confirmed within this time goes to another reader. */
  readonly ackWaitMs: number;
  /** What the members of the group let through, for comparing. */
  readonly filters: {
    readonly event: readonly string[];
    readonly where: readonly string[];
    readonly meeting: readonly string[];
  };
};
