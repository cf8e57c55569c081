import type { Tone } from '../../terminal/palette.ts';
import { createPalette } from '../../terminal/palette.ts';
import { sanitize } from '../../terminal/sanitize.ts';
import { widthOf } from '../../terminal/width.ts';
import type { Format } from '../format.ts';
import { clockTime, eventTime, lagText } from './clock.ts';
import { cut } from './cut.ts';
import { detailLines } from './details.ts';
import { factsOf } from './facts.ts';
import { parseExactly } from './parse.ts';
import { sentenceOf } from './sentence-of.ts';
import { shorten } from './shorten.ts';
import { faint, plain, type Span } from './span.ts';

export type PrettyOptions = {
  readonly color: boolean;
  /** The width of the terminal, asked for each line; 0 where nothing is to be cut. */
  readonly columns: () => number;
  readonly utc: boolean;
  /** Whether the payload follows below each line. */
  readonly details: boolean;
};

/**
 * One line per event for a person: time, type, what happened, and the lag where it is over 2 s. Whatever the payload
 * holds, nothing is thrown and no control character gets through.
 */
export const createPretty = async ({ color, columns, utc, details }: PrettyOptions): Promise<Format> => {
  const palette = await createPalette(color);
  const paint = (spans: readonly Span[]) => spans.map(({ text, tone }) => palette[tone](text)).join('');

  const line = (type: string, raw: string, receivedAt: number | undefined, tone: Tone): string => {
    const event = parseExactly(raw);
    const happenedAt = eventTime(event);
    const head: readonly Span[] = [
      faint(clockTime(receivedAt ?? happenedAt, utc)),
      plain(' '),
      { text: type === '' ? '(no name)' : sanitize(type), tone },
      plain(' '),
    ];
    const lag = lagText(happenedAt, receivedAt);
    const body = [...head, ...sentenceOf(factsOf(type, event, utc))];
    const shown = paint([...fitted(body, lag, columns()), { text: lag, tone: 'alarm' }]);
    return details ? [shown, ...detailLines(event)].join('\n') : shown;
  };

  return {
    event: ({ type, raw, receivedAt }) => line(type, raw, receivedAt, 'type'),
    lifecycle: ({ type, raw, receivedAt }) => line(type, raw, receivedAt, 'alarm'),
    control: ({ frame }) => sanitize(frame),
  };
};

/** The lag stands at the end of the line, whatever has to be cut for it. */
const fitted = (spans: readonly Span[], lag: string, columns: number): readonly Span[] =>
  columns > 0 ? cut(shorten(spans, columns - widthOf(lag)), Math.max(columns - widthOf(lag), 1)) : spans;
