import { textAt } from '../facts.ts';
import type { Part } from '../say.ts';

/** What Zoom says is being shared. */
const CONTENTS: ReadonlyMap<string, string> = new Map([
  ['application', 'an application'],
  ['whiteboard', 'a whiteboard'],
  ['desktop', 'the desktop'],
  ['airplay', 'a device by AirPlay'],
  ['camera', 'a camera'],
]);

/** What the person at a path shares: `an application`. */
export const shared =
  (path: string): Part =>
  ({ object }) =>
    CONTENTS.get(textAt(object, `${path}.sharing_details.content`) ?? '') ?? 'the screen';
