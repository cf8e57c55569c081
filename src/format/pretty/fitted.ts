import { widthOf } from '../../terminal/width.ts';
import { cut } from './cut.ts';
import { shorten } from './shorten.ts';
import { SEPARATOR, type Span } from './span.ts';

/**
 * What fits of a sentence in so many columns. Its words come first and whole; then, as far as there is room, what stands
 * after the first separator (the outcome, mostly), the number beside a topic, the rest, and at last ids and addresses.
 * Something written (a message) is shortened rather than left out. Only where the words alone are too long are names
 * and topics shortened, the widest first.
 */
export const fitted = (spans: readonly Span[], columns: number): readonly Span[] => {
  if (widthOfAll(spans) <= columns) return spans;
  const pieces = piecesOf(spans);
  const words = pieces.filter(({ rank }) => rank === WORDS).flatMap((piece) => piece.spans);
  let left = columns - widthOfAll(words);
  if (left < 0) return cut(shorten(words, columns), Math.max(columns, 1));
  const kept = new Map<Piece, readonly Span[]>();
  for (const piece of [...pieces].sort((a, b) => a.rank - b.rank)) {
    const shown = piece.rank === WORDS || piece.width <= left ? piece.spans : shortened(piece.spans, left);
    if (piece.rank !== WORDS) left -= widthOfAll(shown);
    kept.set(piece, shown);
  }
  return pieces.flatMap((piece) => kept.get(piece) ?? []);
};

/** The width of what must not be left out of a sentence. */
export const widthOfWords = (spans: readonly Span[]): number => {
  const end = spans.indexOf(SEPARATOR);
  return widthOfAll((end < 0 ? spans : spans.slice(0, end)).filter(({ isOptional }) => !isOptional));
};

/** The width of several spans together. */
export const widthOfAll = (spans: readonly Span[]): number => spans.reduce((sum, { text }) => sum + widthOf(text), 0);

/** A part of a line that is there or not. The lower the rank, the sooner it gets its room. */
type Piece = { readonly rank: number; readonly spans: readonly Span[]; readonly width: number };

const WORDS = 0;
const OUTCOME = 1;
const NUMBER = 2;
const MORE = 3;
const MACHINES = 4;

const piecesOf = (spans: readonly Span[]): readonly Piece[] => {
  const pieces: Piece[] = [];
  const add = (rank: number, from: number, to: number): void => {
    const part = spans.slice(from, to);
    if (part.length > 0) pieces.push({ rank, spans: part, width: widthOfAll(part) });
  };
  const first = spans.indexOf(SEPARATOR);
  const end = first < 0 ? spans.length : first;
  let from = 0;
  for (const [index, { isOptional }] of spans.slice(0, end).entries()) {
    if (isOptional === undefined) continue;
    add(WORDS, from, index);
    add(NUMBER, index, index + 1);
    from = index + 1;
  }
  add(WORDS, from, end);
  for (let at = end; at < spans.length; ) {
    const next = spans.indexOf(SEPARATOR, at + 1);
    const to = next < 0 ? spans.length : next;
    const isForMachines = spans.slice(at + 1, to).some(({ tone, isOptional }) => tone === 'faint' && !isOptional);
    add(isForMachines ? MACHINES : at === end ? OUTCOME : MORE, at, to);
    at = to;
  }
  return pieces;
};

/** Fewer columns than this of something written tell nothing. */
const WORTH_SHOWING = 16;

/** What someone wrote, after its separator, shortened; nothing where it is no such text, or there is no room. */
const shortened = ([separator, ...spans]: readonly Span[], columns: number): readonly Span[] => {
  if (separator !== SEPARATOR || columns < WORTH_SHOWING) return [];
  if (spans.every(({ least }) => least === undefined)) return [];
  const room = columns - widthOf(SEPARATOR.text);
  return [SEPARATOR, ...cut(shorten(spans, room), room)];
};
