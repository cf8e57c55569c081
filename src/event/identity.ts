import { withoutValue } from '../json/without-value.ts';
import { bytesOrText, type EventText } from './packed-event.ts';

const KEY = '"download_token"';
const KEY_BYTES = Buffer.from(KEY);

/**
 * What makes two events the same: the text as Zoom sent it, without the value of a top-level `download_token`, which may
 * be minted for each delivery. Bytes, or the text where it never was bytes. Where no such key is, nothing is copied.
 */
export const identityText = (event: EventText): Uint8Array | string => {
  const text = bytesOrText(event);
  // Who unpacked it has seen its top-level keys, and usually knows that this one is not among them.
  if (event.packed?.hasToken === false || !text.includes(KEY)) return text;
  return withoutValue(typeof text === 'string' ? Buffer.from(text) : text, KEY_BYTES);
};
