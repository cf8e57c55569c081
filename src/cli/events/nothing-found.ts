import { nearestTypes } from '../../catalogue/index.ts';
import { ZoomWsError } from '../../errors.ts';

/** Nothing matched: says so, with the nearest names. */
export const nothingFound = (words: readonly string[]): ZoomWsError => {
  const text = words.join(' ');
  const near = nearestTypes(text, 3);
  return new ZoomWsError('not-found', `No known event type matches "${text}".`, {
    hint: `${near.length > 0 ? `Did you mean ${near.join(', ')}? ` : ''}Zoom may send types that are not listed; --event takes them all the same.`,
  });
};
