import { formatDuration } from '../../../time/duration.ts';
import { numberAt } from '../facts.ts';
import { when } from '../parts/amounts.ts';
import { id, quote, text } from '../parts/text.ts';
import { also, either, type Part, type Sentences, say, words } from '../say.ts';

const subscription = also('subscription ', id('subscription'));
const code = also('code ', text('code'));

const length: Part = ({ object }) => {
  const ms = numberAt(object, 'duration_ms');
  return ms === undefined || ms < 0 ? undefined : formatDuration(ms);
};

/** What happened to the connection, told by this program itself. */
export const ZOOM_WS: Sentences = {
  'zoom_ws.connected': say`connected: events arrive from here on${subscription}`,
  'zoom_ws.disconnected': say`disconnected: ${either(text('reason'), words('no reason given'))}${code}${subscription}`,
  'zoom_ws.gap': say`events may be missing: not connected for ${either(length, words('some time'))}${also('from ', when('from'))}${also('to ', when('to'))}${also('', text('reason'))}`,
  'zoom_ws.displaced': say`displaced: another client connected to the same subscription${also('', text('reason'))}${code}${subscription}`,
  'zoom_ws.malformed': say`not an event: ${either(quote('text'), quote('frame'), words('an empty frame'))}${also('', text('reason'))}`,
};
