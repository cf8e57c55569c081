import type { Arrival } from '../event/arrival.ts';
import { createTextArena } from '../event/text-arena.ts';
import { createObjectParts, scanObject } from '../json/scan-object.ts';
import { skipSpace } from '../json/tokens.ts';
import type { Block } from './block.ts';
import { cutMeta } from './meta.ts';

/** One line, read: an arrival, the reason why it cannot be read, `passed over` (a type not wanted), or nothing. */
export type Line = Arrival | { readonly kind: 'damaged'; readonly why: string } | 'passed over' | 'blank';

/** Reads the line from `start` to its line feed at `end`. */
export type ReadLine = (block: Block, start: number, end: number) => Line;

/** How nearly every event begins; with any other beginning its type is found by a parser. */
const HEAD = '{"event":"';

/** The types that are remembered: far more than Zoom has, few enough to be no burden where a file holds random ones. */
const TYPES_REMEMBERED = 10_000;

/** Lifecycle events, ours; no filter is asked for them. */
const OURS = 'zoom_ws.';

type Type = {
  readonly name: string;
  readonly kind: 'event' | 'lifecycle';
  readonly wanted: boolean;
  /** Whether its letters stand in the bytes as they are: no escapes, only ASCII. */
  readonly plain: boolean;
};

const PLAIN = /^[ !#-[\]-~]*$/;

/**
 * Makes the reader of single lines. A line that comes out is checked to its last byte. One of an unwanted type is passed
 * over on a shorter look: it begins and ends as a whole event does, and no second one begins in it, which is what a crash
 * or two writers leave behind; if in doubt, or if `checksAll`, it is checked like any other.
 */
export const createReadLine = (wants: ((type: string) => boolean) | undefined, checksAll: boolean): ReadLine => {
  const parts = createObjectParts();
  const texts = createTextArena();
  const types = new Map<string, Type>();

  const typeOf = (name: string): Type => {
    const known = types.get(name);
    if (known) return known;
    if (types.size >= TYPES_REMEMBERED) types.clear();
    // A copy: a piece of the block's text would keep the whole block.
    const own = Buffer.from(name).toString();
    const ours = own.startsWith(OURS);
    const type: Type = {
      name: own,
      kind: ours ? 'lifecycle' : 'event',
      wanted: ours || wants === undefined || wants(own),
      plain: PLAIN.test(own),
    };
    types.set(own, type);
    return type;
  };

  return (block, start, end) => {
    const { bytes, text } = block;
    const quote = text.startsWith(HEAD, start) ? text.indexOf('"', start + HEAD.length) : -1;
    const head = quote < 0 || quote > end ? undefined : typeOf(text.slice(start + HEAD.length, quote));
    const usual = head?.plain ? head : undefined;
    if (usual?.wanted === false && !checksAll && looksWhole(text, quote, end)) return 'passed over';
    const begin = hasMark(bytes, start) ? start + MARK.length : start;
    const first = skipSpace(bytes, begin);
    if (first === end) return 'blank';
    const after = scanObject(bytes, first, parts);
    if (after < 0 || skipSpace(bytes, after) !== end) return { kind: 'damaged', why: whyNot(bytes, first, after) };
    const type =
      usual !== undefined && parts.eventKeys === 1 ? usual : typeOf(parsedType(bytes.toString('utf8', first, end)));
    if (!type.wanted) return 'passed over';
    return cutMeta(texts, block, { start: begin, end, after, parts }, type);
  };
};

/** A byte order mark stands where a file began that was joined to another. */
const MARK = Buffer.of(0xef, 0xbb, 0xbf);

const hasMark = (bytes: Buffer, at: number): boolean =>
  bytes[at] === MARK[0] && bytes[at + 1] === MARK[1] && bytes[at + 2] === MARK[2];

const looksWhole = (text: string, quote: number, end: number): boolean => {
  if (text.charCodeAt(end - 1) !== CLOSE_BRACE || text.charCodeAt(end - 2) !== CLOSE_BRACE) return false;
  const next = text.indexOf(HEAD, quote);
  return next < 0 || next > end;
};

const CLOSE_BRACE = 0x7d;

const whyNot = (bytes: Buffer, first: number, after: number): string => {
  if (after >= 0) return 'more stands on the line than one JSON object';
  return bytes[first] === 0x7b ? 'not valid JSON' : 'not a JSON object';
};

/** The type as a parser finds it, wherever `event` stands; empty where the event names none. */
const parsedType = (line: string): string => {
  const { event } = JSON.parse(line) as { event?: unknown };
  return typeof event === 'string' ? event : '';
};
