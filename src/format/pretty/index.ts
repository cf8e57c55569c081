import { createPalette, meaningOf } from '../../terminal/palette.ts';
import { sanitize } from '../../terminal/sanitize.ts';
import { widthOf } from '../../terminal/width.ts';
import type { Format } from '../format.ts';
import { clockTime, createDayMarks, eventTime, lagText } from './clock.ts';
import { cut } from './cut.ts';
import { detailLines } from './details.ts';
import { factsOf } from './facts.ts';
import { lineOf } from './line.ts';
import { parseExactly } from './parse.ts';
import { hasSentence, sentenceOf } from './sentence-of.ts';
import { faint, type Span } from './span.ts';

export type PrettyOptions = {
  readonly color: boolean;
  /** The width of the terminal, asked for each line; 0 where nothing is to be cut. */
  readonly columns: () => number;
  readonly utc: boolean;
  /** EpochMs. */
  readonly now: () => number;
  /** Whether the payload follows below each line. */
  readonly details: boolean;
};

/**
 * One line per event for a person: time, type, what happened, and the lag where it is over 2 s; on a narrow terminal the
 * type comes last. Above a line of another day than the one before stands its date. Whatever the payload holds, nothing is thrown and no control character gets through.
 */
export const createPretty = async ({ color, columns, utc, now, details }: PrettyOptions): Promise<Format> => {
  const palette = await createPalette(color);
  const dayMark = createDayMarks(now(), utc);
  const paint = (spans: readonly Span[], type: string) =>
    spans.map(({ text, tone }) => (tone === 'type' ? palette.ofType(type) : palette[tone])(text)).join('');

  const line = (type: string, raw: string, receivedAt: number | undefined): string => {
    const event = parseExactly(raw);
    const happenedAt = eventTime(event);
    const lag = lagText(happenedAt, receivedAt);
    const shownAt = receivedAt ?? happenedAt;
    const { inLine, above } = dayMark(shownAt);
    const clock = clockTime(shownAt, utc);
    const spans = lineOf(
      { time: inLine === undefined ? clock : `${inLine} ${clock}`, type, isKnown: hasSentence(type) },
      tinted(sentenceOf(factsOf(type, event, utc)), type),
      columns() - widthOf(lag),
    );
    const shown = paint([...spans, { text: lag, tone: 'warn' }], type);
    const day = above === undefined ? [] : [paint(dayLine(above, columns()), type)];
    return [...day, shown, ...(details ? detailLines(event) : [])].join('\n');
  };

  return {
    event: ({ type, raw, receivedAt }) => line(type, raw, receivedAt),
    lifecycle: ({ type, raw, receivedAt }) => line(type, raw, receivedAt),
    control: ({ frame }) => sanitize(frame),
  };
};

const dayLine = (date: string, columns: number): readonly Span[] => {
  const line = [faint(`── ${date} ──`)];
  return columns > 0 ? cut(line, columns) : line;
};

/** The words of an alert are red, those of a connection that was made are green. */
const tinted = (spans: readonly Span[], type: string): readonly Span[] => {
  const meaning = meaningOf(type);
  return meaning === undefined
    ? spans
    : spans.map((span) => (span.tone === 'plain' ? { ...span, tone: meaning } : span));
};
