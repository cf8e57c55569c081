import { onOneLine } from '../http/on-one-line.ts';
import { isTooNested } from '../json/nesting.ts';
import { sliceOfKey } from '../json/slice-of-key.ts';

/** What one text frame of the event socket says. */
export type Message =
  /** `raw`: the event's own JSON text, on one line and well-formed; `type`: its `event`, or empty. */
  | { readonly kind: 'event'; readonly raw: string; readonly type: string }
  | { readonly kind: 'accepted' }
  /** `why`: Zoom's words. */
  | { readonly kind: 'refused'; readonly why: string }
  | { readonly kind: 'displaced'; readonly why: string }
  | { readonly kind: 'heartbeat' }
  /** A module that is not known: nothing is wrong with it. */
  | { readonly kind: 'unknown'; readonly module: string }
  | { readonly kind: 'malformed'; readonly why: string };

/** What a displaced client is told [seen on the wire]; whether as a frame or as the close reason is not recorded. */
const DISPLACED = /connected in another place/i;

/** Whether a text of Zoom's says that another client took the subscription. */
export const saysDisplaced = (text: string): boolean => DISPLACED.test(text);

/** Reads one frame. Total: whatever comes, it answers and never throws. */
export const parseMessage = (text: string): Message => {
  const frame = parse(text);
  // The words in plain text are Zoom's; in broken JSON they may be a chat message.
  if (frame === undefined)
    return saysDisplaced(text) && !text.startsWith('{') ? displaced(text) : malformed(whyUnread(text, 'not JSON'));
  if (!isObject(frame)) return malformed('JSON, but not an object');
  const { module, content } = frame;
  if (module === undefined && typeof frame.event === 'string') return event(text, frame);
  const isStatus = module === 'build_connection' || (module !== 'message' && frame.success === false);
  if (isStatus ? saysDisplaced(text) : saysOnly(content)) return displaced(wordsOf(content, text));
  switch (module) {
    case 'build_connection':
      return frame.success === true || frame.success === 'true'
        ? { kind: 'accepted' }
        : { kind: 'refused', why: onOneLine(wordsOf(content, text)) };
    case 'heartbeat':
      return { kind: 'heartbeat' };
    case 'message':
      return delivered(text, frame);
    default:
      return { kind: 'unknown', module: typeof module === 'string' ? module : '' };
  }
};

/** A frame of module `message`: normally the event is JSON inside a string, but an object is accepted too. */
const delivered = (text: string, frame: JsonObject): Message => {
  const { content } = frame;
  if (typeof content === 'string') {
    const inner = parse(content);
    if (inner === undefined) return malformed(whyUnread(content, 'its content is not JSON'));
    return isObject(inner) ? event(content, inner) : malformed('its content is JSON, but not an object');
  }
  if (isObject(content)) return event(sliceOfKey(text, 'content'), content);
  if (content === undefined && typeof frame.event === 'string') return event(text, frame);
  return malformed('a message without content');
};

/** Whether the words are all of a message's content, not part of an event. */
const saysOnly = (content: unknown): boolean =>
  typeof content === 'string' && saysDisplaced(content) && !isObject(parse(content));

const event = (text: string, parsed: JsonObject): Message => ({
  kind: 'event',
  raw: wellFormed(withoutLineBreaks(text)),
  type: typeof parsed.event === 'string' ? parsed.event : '',
});

const displaced = (why: string): Message => ({ kind: 'displaced', why: onOneLine(why) });

const malformed = (why: string): Message => ({ kind: 'malformed', why });

/** Inside JSON strings a line break is always escaped, so a real one stands between tokens and means nothing. */
const withoutLineBreaks = (json: string): string => (/[\r\n]/.test(json) ? json.replace(/[\r\n]+/g, '') : json);

/** A lone surrogate cannot be written as UTF-8; JSON can say it as an escape. */
const wellFormed = (json: string): string =>
  json.isWellFormed()
    ? json
    : json.replace(/\p{Surrogate}/gu, (half) => `\\u${half.charCodeAt(0).toString(16).padStart(4, '0')}`);

const wordsOf = (content: unknown, text: string): string =>
  typeof content === 'string' && content !== '' ? content : text;

type JsonObject = { readonly [key: string]: unknown };

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Undefined for what is no JSON, and for what it would cost too much to read. */
const parse = (text: string): unknown => {
  if (isTooNested(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const whyUnread = (text: string, otherwise: string): string =>
  isTooNested(text) ? 'too many brackets, or nested too deeply' : otherwise;
