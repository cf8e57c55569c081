import { sanitize } from '../../terminal/sanitize.ts';
import { widthOf } from '../../terminal/width.ts';
import { formatDuration } from '../../time/duration.ts';
import type { Meeting, Meetings } from '../meetings/meetings.ts';
import { inColumns } from './in-columns.ts';
import { meetingPicture } from './meeting-picture.ts';
import { countText } from './number-text.ts';
import { NARROWEST, type PageOptions, WIDEST } from './page-options.ts';
import { dateTime, dateTimeAfter, zoneName } from './times.ts';

/** Meetings and attendance as a page for people: a table of all, then each with its time line. Ends in a line break. */
export const meetingsPage = ({ meetings, until }: Meetings, options: PageOptions): string => {
  const columns = Math.min(Math.max(options.columns, NARROWEST), WIDEST);
  const [first] = meetings;
  if (first === undefined) return 'no meetings: no start, end, join or leave among the events\n';
  const head = `${countText(meetings.length, 'meeting', 'meetings')}, times in ${zoneName(first.from, options.utc)}`;
  const sections = [
    [options.palette.faint(head), ...(meetings.length > 1 ? tableOf(meetings, columns, options) : [])],
    ...meetings.map((meeting) => [
      ...headingOf(meeting, columns, options),
      ...meetingPicture(meeting, until, columns, options),
      ...remarksOn(meeting, options),
    ]),
  ];
  return `${sections.map((lines) => lines.map((line) => line.trimEnd()).join('\n')).join('\n\n')}\n`;
};

const START_COLUMNS = 19;
const LENGTH_COLUMNS = 8;
const PEOPLE_COLUMNS = 6;
const ID_COLUMNS = 13;

const tableOf = (
  meetings: readonly Meeting[],
  columns: number,
  { palette, glyphs, utc }: PageOptions,
): readonly string[] => {
  const topicColumns = columns - START_COLUMNS - LENGTH_COLUMNS - PEOPLE_COLUMNS - ID_COLUMNS - 8;
  const row = (start: string, length: string, people: string, id: string, topic: string) =>
    [
      start.padEnd(START_COLUMNS),
      length.padStart(LENGTH_COLUMNS),
      people.padStart(PEOPLE_COLUMNS),
      inColumns(id, ID_COLUMNS, glyphs),
      inColumns(topic, topicColumns, glyphs),
    ].join('  ');
  return [
    '',
    palette.faint(row('start', 'length', 'people', 'meeting', 'topic')),
    ...meetings.map((meeting) =>
      row(
        dateTime(meeting.started ?? meeting.from, utc),
        lengthOf(meeting) ?? '',
        String(meeting.people.length),
        numberOf(meeting),
        topicOf(meeting),
      ),
    ),
  ];
};

const headingOf = (meeting: Meeting, columns: number, { palette, glyphs, utc }: PageOptions): readonly string[] => {
  const { started, ended, host, stays, people } = meeting;
  const from = started === undefined ? 'start unknown' : dateTime(started, utc);
  const to = ended === undefined ? 'still open' : dateTimeAfter(started ?? meeting.from, ended, utc);
  const length = lengthOf(meeting);
  const id = numberOf(meeting);
  const topic = inColumns(topicOf(meeting), columns - widthOf(id) - 2, glyphs).trimEnd();
  const hostText = sanitize(host.name || host.email || host.id);
  return [
    `${palette.strong(topic)}  ${palette.faint(id)}`,
    [
      `${from} ${glyphs.arrow} ${to}${length === undefined ? '' : ` (${length})`}`,
      ...(hostText === '' ? [] : [`host ${hostText}`]),
      `${countText(people.length, 'person', 'people')}, ${countText(stays.length, 'join', 'joins')}`,
    ].join('  '),
  ];
};

const remarksOn = (meeting: Meeting, { palette, glyphs, utc }: PageOptions): readonly string[] => {
  const halves = meeting.stays.filter(({ joined, ending }) => joined === undefined || ending === 'unknown').length;
  return [
    ...meeting.gaps.map(({ from, to, durationMs }) =>
      palette.alarm(
        `${glyphs.gap} gap of ${formatDuration(durationMs)}, ${dateTime(from, utc)} ${glyphs.arrow} ${dateTimeAfter(from, to, utc)}: who came or went then is not known`,
      ),
    ),
    ...(halves === 0
      ? []
      : [palette.alarm(`? of ${countText(halves, 'stay', 'stays')} only one end is known: events are missing`)]),
  ];
};

const topicOf = ({ topic }: Meeting): string => sanitize(topic) || '(no topic)';

/** `812 3456 7890`, as Zoom writes meeting numbers. */
const numberOf = ({ meetingId, uuid }: Meeting): string =>
  /^\d{9,11}$/.test(meetingId)
    ? meetingId.replace(/^(\d{3})(\d{3,4})(\d{3,4})$/, '$1 $2 $3')
    : sanitize(meetingId || uuid);

const lengthOf = ({ started, ended }: Meeting): string | undefined =>
  started === undefined || ended === undefined ? undefined : formatDuration(Math.max(0, ended - started));
