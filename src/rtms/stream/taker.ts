import type { EpochMs } from '../../time/clock.ts';
import type { Media } from '../wire/codes.ts';
import type { Fact } from '../wire/fact.ts';
import type { MediaFormats } from '../wire/media-params.ts';
import type { StreamStart } from '../wire/start-event.ts';
import type { StreamEvent } from './event-text.ts';

/** A gap as events and `stream.json` show it. */
export type ShownGap = {
  readonly media: string;
  readonly user_id?: string | undefined;
  readonly from: string;
  readonly to: string;
  readonly duration_ms: number;
  readonly reason: string;
};

export type MediaFact = Extract<Fact, { kind: 'audio' | 'picture' }>;

/** What a stream has come to, for whoever keeps it. */
export type Ending = {
  readonly at: EpochMs;
  readonly stopReason: number | undefined;
  /** Whether the stream itself has ended; false where we only leave. */
  readonly complete: boolean;
};

/** Something that keeps what a stream brings: files, a pipe, programs. Told everything in order; never throws. */
export type Taker = {
  /** The stream's start, as soon as it is known. */
  onBase(base: EpochMs): void;
  onGranted(media: readonly Media[], formats: MediaFormats): void;
  /** `base` is undefined before any data. */
  onEvent(event: StreamEvent, base: EpochMs | undefined): void;
  onMedia(fact: MediaFact, base: EpochMs): void;
  onGap(gap: ShownGap): void;
  /** Paused: nothing comes until the stream is resumed. */
  onPaused?(): void;
  /** The stream is over for us; resolves with the names of the files that were kept. */
  end(ending: Ending): Promise<readonly string[]>;
  /** Consent was withdrawn: everything kept must be gone when this returns. */
  revoke(ending: Ending): void;
};

/** Makes the takers of one stream; `base` is what an earlier run knows of its start. */
export type OpenTakers = (
  start: StreamStart,
  label: string,
) => { readonly takers: readonly Taker[]; readonly base: EpochMs | undefined };
