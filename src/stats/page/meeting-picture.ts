import { sanitize } from '../../terminal/sanitize.ts';
import type { EpochMs } from '../../time/clock.ts';
import { formatDuration } from '../../time/duration.ts';
import type { Meeting } from '../meetings/meetings.ts';
import type { Person } from '../meetings/people.ts';
import type { Stay } from '../meetings/stays.ts';
import { inColumns } from './in-columns.ts';
import { countText } from './number-text.ts';
import type { PageOptions } from './page-options.ts';
import { dateTime } from './times.ts';

const NAME_COLUMNS = 22;
const LENGTH_COLUMNS = 8;
/** More people than fit a few screens; `--csv` has all. */
const PEOPLE_SHOWN = 60;

/** Who was in a meeting when: a line per person, the gaps of the recording below. */
export const meetingPicture = (
  meeting: Meeting,
  until: EpochMs,
  columns: number,
  { palette, glyphs, utc }: PageOptions,
): readonly string[] => {
  const { from, people, gaps } = meeting;
  const to = Math.max(meeting.to, from + 1);
  const width = columns - NAME_COLUMNS - LENGTH_COLUMNS - 4;
  const row = (name: string, drawn: string, length: string) =>
    `${inColumns(name, NAME_COLUMNS, glyphs)}  ${drawn}  ${length.padStart(LENGTH_COLUMNS)}`;
  const columnOf = (at: EpochMs) => Math.min(width - 1, Math.max(0, Math.floor(((at - from) / (to - from)) * width)));
  const blank = () => Array.from({ length: width }, () => ' ');

  const lineOf = (person: Person): string => {
    const cells = blank();
    for (const stay of person.stays) drawStay(cells, stay);
    const length = person.presentMs === undefined ? 'unknown' : formatDuration(person.presentMs);
    return row(sanitize(person.name || person.email || person.phone) || '(no name)', cells.join(''), length);
  };
  const drawStay = (cells: string[], { joined, left, ending }: Stay): void => {
    const end = ending === 'still-there' ? until : left;
    const [first, last] = [joined ?? end ?? from, end ?? joined ?? from].map(columnOf);
    cells.fill(first === last ? glyphs.moment : glyphs.present, first, (last ?? 0) + 1);
    if (joined === undefined || ending === 'unknown') cells[(joined === undefined ? first : last) ?? 0] = '?';
    if (ending === 'still-there') cells[last ?? 0] = glyphs.onward;
  };
  const gapCells = blank();
  for (const gap of gaps) gapCells.fill(glyphs.gap, columnOf(gap.from), columnOf(gap.to) + 1);

  const [start, end] = [dateTime(from, utc).slice(11), dateTime(to, utc).slice(11)];
  const axis = `${start}${' '.repeat(Math.max(1, width - start.length - end.length))}${end}`;
  const more = people.length - PEOPLE_SHOWN;
  return [
    palette.faint(row('', axis, 'present')),
    ...people.slice(0, PEOPLE_SHOWN).map(lineOf),
    ...(more > 0 ? [`and ${countText(more, 'more person', 'more people')}; --csv has all`] : []),
    ...(gaps.length > 0 ? [palette.alarm(row('gaps', gapCells.join(''), ''))] : []),
  ];
};
