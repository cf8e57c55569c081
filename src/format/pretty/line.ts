import { sanitize } from '../../terminal/sanitize.ts';
import { widthOf } from '../../terminal/width.ts';
import { cut } from './cut.ts';
import { fitted, widthOfAll, widthOfWords } from './fitted.ts';
import { faint, plain, type Span } from './span.ts';

/**
 * A type takes up to 50 columns, and mostly says again what the sentence says. On a terminal narrower than this, and where
 * the words of the sentence would not fit beside it, it comes last, and only if there is room.
 */
const ROOM_FOR_TYPE = 100;

export type Head = {
  readonly time: string;
  readonly type: string;
  /** Whether the sentence says what the type says; otherwise the type stands first on any terminal. */
  readonly isKnown: boolean;
};

/** A whole line in no more columns than there are; uncut where there are none (0 or less). */
export const lineOf = ({ time, type, isKnown }: Head, sentence: readonly Span[], columns: number): readonly Span[] => {
  const name = type === '' ? '(no name)' : sanitize(type);
  const clock = [faint(time), plain(' ')];
  const head: readonly Span[] = [...clock, { text: name, tone: 'type' }, plain(' ')];
  if (columns <= 0) return [...head, ...sentence];
  const beside = columns - widthOfAll(head);
  if (!isKnown || (columns >= ROOM_FOR_TYPE && widthOfWords(sentence) <= beside)) {
    return cut([...head, ...fitted(sentence, beside)], columns);
  }
  const line = [...clock, ...fitted(sentence, columns - widthOfAll(clock))];
  return [...cut(line, columns), ...typeAtEnd(name, columns - widthOfAll(line))];
};

/** `  meeting.started`, or `  .started` where there is less room, or nothing. */
const typeAtEnd = (name: string, columns: number): readonly Span[] => {
  const dot = name.indexOf('.');
  const shown = [name, name.slice(dot)].slice(0, dot > 0 ? 2 : 1).find((text) => widthOf(text) + 2 <= columns);
  return shown === undefined ? [] : [plain('  '), { text: shown, tone: 'type' }];
};
