import { Complaint } from '../../config/flag.ts';
import type { EpochMs } from '../../time/clock.ts';
import { DURATION_FORM, parseDuration } from '../../time/duration.ts';

/** A moment as it was typed: some say it in full, some only together with the recording. */
export type Moment =
  | { readonly kind: 'instant'; readonly at: EpochMs }
  /** Without a zone: local time, or UTC if that was asked for. */
  | { readonly kind: 'date'; readonly date: DateParts; readonly time: TimeParts }
  /** That time on the recording's last day. */
  | { readonly kind: 'time'; readonly time: TimeParts }
  /** So long before the last event. */
  | { readonly kind: 'back'; readonly ms: number };

type DateParts = { readonly year: number; readonly month: number; readonly day: number };
type TimeParts = { readonly hour: number; readonly minute: number; readonly second: number; readonly ms: number };

const DATE = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](.+))?$/;
const TIME = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,3})\d*)?)?$/;
const ZONE = /(Z|[+-]\d{2}(?::?\d{2})?)$/i;

const FORM = `an ISO time such as 2026-11-22T10:42:00Z, a time of the last day such as 10:42, or ${DURATION_FORM}`;

/** Reads a time for `--since` and `--until`. Throws a Complaint that says what was expected. */
export const parseMoment = (text: string): Moment => {
  const ms = parseDuration(text);
  if (ms !== undefined) return { kind: 'back', ms };
  const [, year, month, day, rest = '00:00'] = DATE.exec(text.trim()) ?? [];
  if (year === undefined || month === undefined || day === undefined) {
    return { kind: 'time', time: parseTime(text.trim()) };
  }
  const [zone] = ZONE.exec(rest) ?? [];
  const time = parseTime(zone === undefined ? rest : rest.slice(0, -zone.length));
  const date = { year: Number(year), month: Number(month), day: Number(day) };
  const asUtc = new Date(instantOf(date, time, true));
  // 2026-02-30 would silently be March.
  if (asUtc.getUTCMonth() + 1 !== date.month || asUtc.getUTCDate() !== date.day)
    throw new Complaint(`expected ${FORM}`);
  return zone === undefined ? { kind: 'date', date, time } : { kind: 'instant', at: asUtc.getTime() - offsetOf(zone) };
};

const parseTime = (text: string): TimeParts => {
  const [, hour, minute, second = '0', fraction = '0'] = TIME.exec(text) ?? [];
  const time = {
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second),
    ms: Number(fraction.padEnd(3, '0')),
  };
  if (hour === undefined || time.hour > 23 || time.minute > 59 || time.second > 59)
    throw new Complaint(`expected ${FORM}`);
  return time;
};

/** `+05:30` → milliseconds that the zone is ahead of UTC. */
const offsetOf = (zone: string): number => {
  if (zone.toUpperCase() === 'Z') return 0;
  const [hours = '0', minutes = '0'] = zone.slice(1).match(/\d{2}/g) ?? [];
  return (zone.startsWith('-') ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
};

/** Whether the moment can be known only with the time of the last event. */
export const needsLastEvent = ({ kind }: Moment): boolean => kind === 'time' || kind === 'back';

/** The instant that is meant. `last` is the time of the last event, for the moments that need it. */
export const resolveMoment = (moment: Moment, utc: boolean, last: EpochMs): EpochMs => {
  switch (moment.kind) {
    case 'instant':
      return moment.at;
    case 'date':
      return instantOf(moment.date, moment.time, utc);
    case 'time':
      return instantOf(dayOf(last, utc), moment.time, utc);
    case 'back':
      return last - moment.ms;
    default:
      moment satisfies never;
      throw new TypeError('a moment of no known kind');
  }
};

const instantOf = ({ year, month, day }: DateParts, { hour, minute, second, ms }: TimeParts, utc: boolean): EpochMs =>
  utc
    ? Date.UTC(year, month - 1, day, hour, minute, second, ms)
    : new Date(year, month - 1, day, hour, minute, second, ms).getTime();

const dayOf = (at: EpochMs, utc: boolean): DateParts => {
  const date = new Date(at);
  return utc
    ? { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() }
    : { year: date.getFullYear(), month: date.getMonth() + 1, day: date.getDate() };
};
