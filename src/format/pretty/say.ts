import type { Facts } from './facts.ts';
import { plain, SEPARATOR, type Span } from './span.ts';

/** Something that can be said of an event; nothing where the event does not tell. */
export type Part = (facts: Facts) => string | Span | readonly Span[] | undefined;

/** What a line says of an event. */
export type Sentence = (facts: Facts) => readonly Span[];

/** By event type. */
export type Sentences = Readonly<Record<string, Sentence>>;

/** A sentence from words and parts: say`${who('participant')} joined ${meeting}`. */
export const say =
  (words: TemplateStringsArray, ...parts: readonly Part[]): Sentence =>
  (facts) => {
    const spans: Span[] = [];
    for (const [index, word] of words.entries()) {
      if (word !== '') spans.push(plain(word));
      const part = parts[index];
      if (part) spans.push(...spansOf(part(facts)));
    }
    return spans;
  };

/** A part that comes with words around it, or not at all: ` · from Berlin`. */
export const also =
  (before: string, part: Part, after = ''): Part =>
  (facts) => {
    const spans = spansOf(part(facts));
    return spans.length === 0
      ? undefined
      : [SEPARATOR, ...(before === '' ? [] : [plain(before)]), ...spans, plain(after)];
  };

/** The first part that has something to say. */
export const either =
  (...parts: readonly Part[]): Part =>
  (facts) => {
    for (const part of parts) {
      const spans = spansOf(part(facts));
      if (spans.length > 0) return spans;
    }
    return undefined;
  };

/** Fixed words, for the end of an `either`. */
export const words =
  (text: string): Part =>
  () =>
    text;

const spansOf = (said: ReturnType<Part>): readonly Span[] => {
  if (said === undefined || said === '') return [];
  if (typeof said === 'string') return [plain(said)];
  return Array.isArray(said) ? said : [said as Span];
};
