import { identityOf } from '../stream/event-text.ts';
import type { ShownGap } from '../stream/taker.ts';
import { MEDIA, type Media, stopReasonName } from '../wire/codes.ts';
import type { MediaFormats } from '../wire/media-params.ts';
import type { StreamStart } from '../wire/start-event.ts';
import type { Earlier } from './folder.ts';
import { createPeople } from './people.ts';

/** What `stream.json` says, while it grows. */
export const createStreamRecord = (start: StreamStart, earlier: Earlier | undefined) => {
  const people = createPeople(earlier?.participants);
  const gaps: ShownGap[] = Array.isArray(earlier?.gaps) ? [...(earlier.gaps as ShownGap[])] : [];
  const granted: Record<string, unknown> =
    typeof earlier?.granted === 'object' && earlier.granted !== null ? { ...earlier.granted } : {};
  let base = typeof earlier?.start_ms === 'number' ? earlier.start_ms : undefined;
  let ending: { reason: number | undefined; at: number; complete: boolean } | undefined;
  return {
    people,
    gaps,
    base: () => base,
    setBase(at: number) {
      base = at;
    },
    grant(media: readonly Media[], formats: MediaFormats) {
      for (const kind of MEDIA) {
        if (media.includes(kind)) granted[kind] = kind === 'chat' ? {} : formats[kind];
      }
    },
    end(reason: number | undefined, at: number, complete: boolean) {
      ending = { reason, at, complete };
    },
    facts: (files: readonly string[]) => ({
      ...identityOf(start),
      meeting_number: start.number,
      started_at: base === undefined ? undefined : new Date(base).toISOString(),
      start_ms: base,
      ended_at: ending?.complete ? new Date(ending.at).toISOString() : undefined,
      granted,
      participants: people.all(),
      files,
      gaps,
      stop_reason: ending?.reason,
      stop_reason_name: ending?.reason === undefined ? undefined : stopReasonName(ending.reason),
      complete: ending?.complete ?? false,
    }),
  };
};
