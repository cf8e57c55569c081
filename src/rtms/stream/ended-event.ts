import type { EpochMs } from '../../time/clock.ts';
import { isTechnicalEnd, stopReasonName } from '../wire/codes.ts';
import type { StreamStart } from '../wire/start-event.ts';
import { type StreamEvent, streamEvent } from './event-text.ts';
import type { StreamEnd } from './parts.ts';
import type { ShownGap } from './taker.ts';

const NEW_START = 'Only a new start of the stream helps: by a user, by auto-start, or through the API.';

/** The last event of a stream: why it ended, how long it was, what is missing of it, and what would help. */
export const endedEvent = (
  start: StreamStart,
  end: StreamEnd,
  facts: {
    readonly at: EpochMs;
    readonly base: EpochMs | undefined;
    readonly gaps: readonly ShownGap[];
    readonly files: readonly string[];
  },
): StreamEvent => {
  const reason = end.how === 'stopped' ? end.reason : undefined;
  const failed = end.how === 'stopped' || end.how === 'left' ? undefined : end;
  return streamEvent(start, 'ended', facts.at, {
    stop_reason: reason,
    stop_reason_name: reason === undefined ? undefined : stopReasonName(reason),
    duration_ms: facts.base === undefined ? 0 : Math.max(0, facts.at - facts.base),
    gaps: facts.gaps,
    files: facts.files,
    error: failed?.why,
    help: failed?.hint ?? (reason !== undefined && isTechnicalEnd(reason) ? NEW_START : undefined),
  });
};
