import { distance } from 'fastest-levenshtein';

type Fields = Readonly<Record<string, string>>;

/** Stands in the documentation for the name of whichever field has changed. */
const PLACEHOLDER = /\.\$.*/;

/** Whether a path (`payload.object.topic`) is documented, or is part of what is; so is whatever an open object holds. */
export const isDocumented = (fields: Fields, path: string): boolean =>
  ['event', 'event_ts'].includes(path) ||
  Object.entries(fields).some(([known, type]) => {
    const open = PLACEHOLDER.test(known) || type === 'object';
    const from = known.replace(PLACEHOLDER, '');
    return (
      [path, `${path}[]`].some((part) => from === part || from.startsWith(`${part}.`)) ||
      (open && path.startsWith(`${from}.`))
    );
  });

/** The documented fields that are nearest to a path that is not, nearest first, as `--set` takes them: `topic`. */
export const nearestFields = (fields: Fields, path: string, count: number): readonly string[] => {
  const wanted = shorten(path).toLowerCase();
  const farthest = Math.max(2, Math.ceil(wanted.length * 0.4));
  return Object.keys(fields)
    .map((known) => ({ name: shorten(known), away: awayFrom(wanted, shorten(known).toLowerCase()) }))
    .filter(({ away }) => away <= farthest)
    .sort((a, b) => a.away - b.away)
    .slice(0, count)
    .map(({ name }) => name);
};

const shorten = (path: string): string => path.replace(/^payload\.object\./, '');

/** `user_name` is meant as a name too: the objects around it are easily forgotten. */
const awayFrom = (wanted: string, known: string): number =>
  Math.min(distance(wanted, known), distance(wanted, known.split('.').at(-1) ?? known) + 1);
