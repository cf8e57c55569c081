import { sanitize } from '../../terminal/sanitize.ts';
import { widthOf } from '../../terminal/width.ts';
import { formatDuration } from '../../time/duration.ts';
import type { Summary } from '../summary.ts';
import { bar, sparkline } from './draw.ts';
import { inColumns } from './in-columns.ts';
import { countText, numberText } from './number-text.ts';
import { NARROWEST, type PageOptions, WIDEST } from './page-options.ts';
import { dateTime, dateTimeAfter, zoneName } from './times.ts';

const GAPS_SHOWN = 3;
/** However low the terminal is, these are listed. */
const FEWEST_TYPES = 3;
/** Around the types: their head, the line for all others, the line between sections, and the prompt below the page. */
const LINES_AROUND = 4;
/** A delivery that took longer is one that `tail` warns of. */
const LATE_MS = 60_000;

/**
 * The summary as a page for people, ending in a line break. It fits the terminal, and what sums up comes last, where the eye
 * is; the types before it, as many as there is room for. What strangers wrote is escaped.
 */
export const summaryPage = (summary: Summary, options: PageOptions): string => {
  const columns = Math.min(Math.max(options.columns, NARROWEST), WIDEST);
  const time =
    summary.span === undefined || summary.ratePerS === undefined
      ? []
      : timeLines(summary, summary.span, columns, options);
  const head = headLines(summary, options);
  const left = options.rows - head.length - time.length - (time.length > 0 ? 1 : 0) - LINES_AROUND;
  const types = typeLines(summary, columns, options.top ?? Math.max(FEWEST_TYPES, left), options);
  return `${[types, time, head]
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.map((line) => line.trimEnd()).join('\n'))
    .join('\n\n')}\n`;
};

const headLines = (summary: Summary, { palette, utc, glyphs }: PageOptions): readonly string[] => {
  const { matched, total, first, last, ratePerS, lagMs, gaps } = summary;
  const events = `${countText(matched, 'event', 'events')}`;
  const of = matched === total ? '' : ` of ${numberText(total)}`;
  const rate = ratePerS === undefined ? '' : `  ${rateText(ratePerS)}`;
  const rows: [string, string][] = [['events', `${palette.strong(events)}${of}${rate}`]];
  if (first !== undefined && last !== undefined) {
    const until = `${dateTimeAfter(first, last, utc)} ${zoneName(first, utc)} (${formatDuration(last - first)})`;
    rows.push(['time', `${dateTime(first, utc)} ${glyphs.arrow} ${until}`]);
  }
  const lag =
    lagMs.p50 === undefined ? 'unknown' : palette[Number(lagMs.max) > LATE_MS ? 'warn' : 'plain'](lagText(lagMs));
  rows.push(['lag', lag]);
  rows.push([
    'gaps',
    gaps.count === 0
      ? palette.ok('none')
      : palette.alarm(`${numberText(gaps.count)}, ${formatDuration(gaps.totalMs)} in all`),
  ]);
  rows.push(['oddities', palette[summary.malformedLines > 0 ? 'warn' : 'plain'](odditiesText(summary))]);
  return rows.map(([name, text]) => `${palette.faint(name.padEnd(9))} ${text}`);
};

const odditiesText = ({ repeats, outOfOrder, malformedLines }: Summary): string =>
  [
    repeats === 0 ? 'no repeats' : countText(repeats, 'repeat', 'repeats'),
    `${outOfOrder === 0 ? 'none' : numberText(outOfOrder)} out of order`,
    malformedLines === 0 ? 'no malformed lines' : countText(malformedLines, 'malformed line', 'malformed lines'),
  ].join(', ');

type Span = { readonly from: number; readonly to: number };

const lagText = ({ p50, p95, max }: Summary['lagMs']): string =>
  [
    ['p50', p50],
    ['p95', p95],
    ['max', max],
  ]
    .map(([name, ms]) => `${name} ${signedDuration(Number(ms))}`)
    .join('  ');

const timeLines = (
  { overTime, gaps, first = 0, last = 0 }: Summary,
  span: Span,
  columns: number,
  { palette, glyphs, utc }: PageOptions,
): readonly string[] => {
  const [start, end] = [dateTime(first, utc), dateTimeAfter(first, last, utc)];
  const columnOf = (at: number) => Math.floor(((at - span.from) / (span.to - span.from)) * columns);
  const marks = Array.from({ length: columns }, () => ' ');
  for (const { from, to } of gaps.drawn) {
    if (!(to >= span.from && from <= span.to)) continue;
    marks.fill(glyphs.gap, Math.max(0, columnOf(from)), Math.min(columns, columnOf(to) + 1));
  }
  const shown = gaps.drawn.slice(0, GAPS_SHOWN).map(({ from, to, durationMs }) => {
    const text = `${glyphs.gap} gap of ${formatDuration(durationMs)}`;
    const when = Number.isNaN(from) ? '' : `, ${dateTime(from, utc)} ${glyphs.arrow} ${dateTimeAfter(from, to, utc)}`;
    return palette.alarm(text) + when;
  });
  const more = gaps.count - shown.length;
  return [
    sparkline(overTime, columns, glyphs),
    palette.alarm(marks.join('').trimEnd()),
    palette.faint(`${start}${' '.repeat(Math.max(1, columns - start.length - end.length))}${end}`),
    ...shown,
    ...(more > 0 ? [`  and ${numberText(more)} more`] : []),
  ].filter((line) => line !== '');
};

const typeLines = (
  { types, matched }: Summary,
  columns: number,
  top: number,
  { palette, glyphs }: PageOptions,
): readonly string[] => {
  const shown = types.slice(0, top).map((counted) => ({ ...counted, name: sanitize(counted.type) || '(no name)' }));
  const nameColumns = Math.min(Math.max(...shown.map(({ name }) => widthOf(name)), 10), Math.floor(columns * 0.45));
  const countColumns = Math.max(...shown.map(({ count }) => numberText(count).length), 5);
  const left = columns - nameColumns - countColumns - 14;
  const barColumns = Math.floor(left * 0.4);
  const most = shown[0]?.count ?? 0;
  const row = (name: string, count: string, share: string, drawn: string, overTime: string) =>
    `${name}  ${count.padStart(countColumns)}  ${share.padStart(6)}  ${drawn.padEnd(barColumns)}  ${palette.faint(overTime)}`;
  const lines = shown.map(({ type, name, count, overTime }) =>
    row(
      palette.ofType(type)(inColumns(name, nameColumns, glyphs)),
      numberText(count),
      `${((count / matched) * 100).toFixed(1)}%`,
      bar(count / most, barColumns, glyphs),
      sparkline(overTime, left - barColumns, glyphs),
    ),
  );
  const head = palette.faint(row('type'.padEnd(nameColumns), 'count', 'share', '', 'over time'));
  const others = types.slice(top);
  const rest = others.reduce((sum, { count }) => sum + count, 0);
  const end =
    others.length === 0
      ? []
      : [`and ${countText(others.length, 'more type', 'more types')} with ${countText(rest, 'event', 'events')}`];
  return types.length === 0 ? [] : [head, ...lines, ...end];
};

/** Per second, or per minute or hour where that says more than `0.00/s`. */
const rateText = (perS: number): string => {
  if (perS >= 1) return `${perS.toFixed(1)}/s`;
  return perS * 60 >= 1 ? `${(perS * 60).toFixed(1)}/min` : `${(perS * 3600).toFixed(1)}/h`;
};

/** A clock that is behind makes a lag negative. */
const signedDuration = (ms: number): string => (ms < 0 ? `-${formatDuration(-ms)}` : formatDuration(ms));
