import { isUtf8 } from 'node:buffer';
import { createTextArena } from '../event/text-arena.ts';
import { mayBeTooNested } from '../json/nesting.ts';
import type { PackedText } from '../json/packed-text.ts';
import { standsAt } from '../json/tokens.ts';
import { type Unquoted, unquoteObject } from '../json/unquote.ts';

export type UnpackedEvent = { readonly text: PackedText; readonly type: string };

/** How Zoom's event frames begin and usually end. */
const HEAD = Buffer.from('{"module":"message","content":"');
const USUAL_TAIL = Buffer.from(',"header":{}}');

/**
 * The short way from an event's frame to its text: one pass over the bytes, no strings, no parser. It answers undefined
 * for every frame that is not spelt as Zoom spells them; `parseMessage` is the way for all, and says the same.
 */
export const createUnpacker = (): ((frame: Buffer) => UnpackedEvent | undefined) => {
  const texts = createTextArena();
  const found: Unquoted = {
    sourceEnd: 0,
    targetEnd: 0,
    typeStart: 0,
    typeEnd: 0,
    hasHighBytes: false,
    hasToken: false,
  };
  const typeNames = createTypeNames();
  return (frame) => {
    if (!standsAt(frame, 0, HEAD)) return undefined;
    const { arena, at } = texts.room(frame.length);
    if (!unquoteObject(frame, HEAD.length, arena, at, found)) return undefined;
    if (!isKnownTail(frame, found.sourceEnd)) return undefined;
    if (found.hasHighBytes && !isUtf8(frame)) return undefined;
    if (mayBeTooNested(arena, at, found.targetEnd)) return undefined;
    return {
      text: texts.take(found.targetEnd, found.hasToken),
      type: typeNames(arena, found.typeStart, found.typeEnd),
    };
  };
};

/** Whether only a header follows: no second `content` or `module`, which would count instead of the first. */
const isKnownTail = (frame: Buffer, at: number): boolean => {
  if (frame.length - at === USUAL_TAIL.length && standsAt(frame, at, USUAL_TAIL)) return true;
  try {
    const rest = frame.toString('utf8', at);
    if (rest === '}') return true;
    if (!rest.startsWith(',')) return false;
    const names = Object.keys(JSON.parse(`{${rest.slice(1)}`) as object);
    // None at all would be a comma too many.
    return names.length > 0 && names.every((name) => name === 'header');
  } catch {
    return false;
  }
};

/** Zoom has some 300 types; beyond this many, someone is making names up. */
const REMEMBERED = 2048;

type Known = { readonly bytes: Uint8Array; readonly name: string };

/** Bytes of an event's type → its name, without a new string for each event. */
const createTypeNames = () => {
  const known = new Map<number, Known>();
  return (bytes: Buffer, start: number, end: number): string => {
    let mix = end - start;
    for (let at = start; at < end; at += 1) mix = (Math.imul(mix, 31) + (bytes[at] as number)) | 0;
    const before = known.get(mix);
    if (before !== undefined && before.bytes.length === end - start && standsAt(bytes, start, before.bytes))
      return before.name;
    const name = bytes.toString('utf8', start, end);
    if (known.size < REMEMBERED) known.set(mix, { bytes: Uint8Array.from(bytes.subarray(start, end)), name });
    return name;
  };
};
