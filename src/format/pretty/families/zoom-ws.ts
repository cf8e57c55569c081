import { formatDuration } from '../../../time/duration.ts';
import { clockTime, NO_TIME } from '../clock.ts';
import { at, numberAt } from '../facts.ts';
import { id, quote, text } from '../parts/text.ts';
import { also, either, type Part, type Sentences, say, words } from '../say.ts';

const subscription = also('subscription ', id('subscription'));
const code = also('code ', text('code'));

const length: Part = ({ object }) => {
  const ms = numberAt(object, 'duration_ms');
  return ms === undefined || ms < 0 ? undefined : formatDuration(ms);
};

/** From when to when, on the reader's clock: `14:00:00 to 14:01:30`. */
const span: Part = ({ object, utc }) => {
  const [from, to] = ['from', 'to'].map((end) => clockTime(Date.parse(String(at(object, end))), utc));
  return from === NO_TIME || to === NO_TIME ? undefined : `${from} to ${to}`;
};

/** What happened to the connection, told by this program itself. */
export const ZOOM_WS: Sentences = {
  'zoom_ws.connected': say`connected: events arrive from here on${subscription}`,
  'zoom_ws.disconnected': say`disconnected: ${either(text('reason'), words('no reason given'))}${code}${subscription}`,
  'zoom_ws.gap': say`events may be missing: not connected for ${either(length, words('some time'))}${also('', span)}${also('', text('reason'))}`,
  'zoom_ws.displaced': say`displaced: another client connected to the same subscription${also('', text('reason'))}${code}${subscription}`,
  'zoom_ws.malformed': say`not an event: ${either(text('why'), words('it cannot be read'))}${also('', either(quote('frame'), words('an empty frame')))}`,
};
