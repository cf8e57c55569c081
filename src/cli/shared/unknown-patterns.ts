import { EVENT_TYPES, nearestTypes } from '../../catalogue/index.ts';
import { type EventPatterns, matcherOf } from '../../flow/match/index.ts';

const SUGGESTED = 3;

/** Events of our own making. */
const OURS = /^zoom_ws(\.|$)/i;

/** A sentence for each pattern that no documented event type matches: it may be a slip, it may be news from Zoom. */
export const unknownPatternWarnings = (typed: readonly EventPatterns[]): readonly string[] =>
  typed
    .flatMap(({ patterns }) => patterns)
    .filter((pattern) => !EVENT_TYPES.some(matcherOf(pattern)))
    .map(({ pattern }) => {
      if (OURS.test(pattern)) return `--event ${pattern}: zoom_ws.* events are never filtered; --lifecycle shows them`;
      const near = nearestTypes(pattern, SUGGESTED);
      const guess = near.length === 0 ? 'see "zoom-ws events" for those that are' : `did you mean ${near.join(', ')}?`;
      return `--event ${pattern}: no known event type matches; ${guess}`;
    });
