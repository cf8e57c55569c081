import { formatDuration } from '../../../time/duration.ts';
import { at, type Facts, listAt, numberAt, textOf } from '../facts.ts';
import type { Part } from '../say.ts';

/** Zoom counts the length of meetings in minutes: `45 min`. */
export const minutes =
  (path: string): Part =>
  ({ object }) => {
    const found = numberAt(object, path);
    return found !== undefined && found > 0 ? formatDuration(found * 60_000) : undefined;
  };

/** … and that of calls in seconds: `2m 5s`. */
export const seconds =
  (path: string): Part =>
  ({ object }) => {
    const found = numberAt(object, path);
    return found !== undefined && found > 0 ? formatDuration(found * 1000) : undefined;
  };

/** … also for the first of several. */
export const secondsOfFirst =
  (list: string): Part =>
  (facts) =>
    seconds('duration')({ ...facts, object: listAt(facts.object, list)[0] });

/** From one instant to another: `44m 10s`. */
export const between =
  (from: string, to: string): Part =>
  ({ object }) => {
    const lasted = Date.parse(String(at(object, to))) - Date.parse(String(at(object, from)));
    return lasted > 0 ? formatDuration(lasted) : undefined;
  };

/** An instant on the reader's clock: `2026-11-22 14:00`. What is no instant stays as it is. */
export const when =
  (path: string): Part =>
  ({ object, utc }) => {
    const found = at(object, path);
    const instant = new Date(typeof found === 'string' ? Date.parse(found) : Number.NaN);
    return Number.isNaN(instant.getTime()) ? textOf(found) : dateAndTime(instant, utc);
  };

/** 3 files, 1 file, or nothing at all. */
export const count =
  (path: string, one: string, many = `${one}s`): Part =>
  (facts) =>
    counted(lengthAt(facts, path), one, many);

export const counted = (number: number, one: string, many = `${one}s`): string | undefined =>
  number === 0 ? undefined : `${number} ${number === 1 ? one : many}`;

const lengthAt = ({ object }: Facts, path: string): number => listAt(object, path).length;

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];

/** Bytes as people say them: 812 B, 1.4 MB, 23 GB. */
export const formatSize = (bytes: number): string => {
  let power = 0;
  let amount = bytes;
  // 999,950 bytes are 1.0 MB, not 1000 kB.
  while (amount >= 999.5 && power < UNITS.length - 1) {
    amount /= 1000;
    power += 1;
  }
  return `${power > 0 && amount < 10 ? amount.toFixed(1) : Math.round(amount)} ${UNITS[power]}`;
};

const dateAndTime = (instant: Date, utc: boolean): string => {
  // The offset of that day, not of today.
  const shifted = utc ? instant : new Date(instant.getTime() - instant.getTimezoneOffset() * 60_000);
  return Number.isNaN(shifted.getTime()) ? '' : shifted.toISOString().slice(0, 16).replace('T', ' ');
};
