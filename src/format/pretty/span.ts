import type { Tone } from '../../terminal/palette.ts';

/** A piece of a line. The text has no control characters left in it. */
export type Span = {
  readonly text: string;
  /** `type`: the colour of the event's type. */
  readonly tone: Tone | 'type';
  /** The columns that it keeps where it has to be shortened, so that what comes after it still fits. */
  readonly least?: number;
  /** Where the sentence does not fit it goes first: it says again, in numbers, what the words say. */
  readonly isOptional?: true;
};

/** Stands before what is good to know, but comes last. */
export const SEPARATOR: Span = { text: ' · ', tone: 'faint' };

export const plain = (text: string): Span => ({ text, tone: 'plain' });
export const faint = (text: string): Span => ({ text, tone: 'faint' });

/** A number beside a name. */
export const beside = (text: string): Span => ({ text, tone: 'faint', isOptional: true });

/** A name, a topic, a number: what the eye should find. Half a number says nothing, half a name does. */
export const strong = (text: string): Span =>
  NUMBER.test(text) ? { text, tone: 'strong' } : { text, tone: 'strong', least: LEAST_OF_NAME };

/** What someone chose or wrote, in quotes. */
export const inQuotes = (text: string, tone: Tone): readonly Span[] => [
  plain('“'),
  { text, tone, least: LEAST_OF_TOPIC },
  plain('”'),
];

// Of 60 columns, `14:03:22 ` leaves 51: `Grace Hopper was put in the waiting room of “Quart…”`.
const LEAST_OF_NAME = 12;
const LEAST_OF_TOPIC = 6;
const NUMBER = /^[\d +]*$/;
