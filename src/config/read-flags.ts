import type { Layer } from './env.ts';
import { Complaint, type Flag, type Flags, longName, type Values } from './flag.ts';
import type { Source } from './trust.ts';

/** What commander hands over: the text (or texts) of each flag that was typed, `true` for a toggle. */
export type Typed = Readonly<Record<string, unknown>>;

/** Where a value came from, as messages name it, and its rank: 0 for the flag, then the layers in order. */
export type Origin = { readonly place: string; readonly rank: number; readonly source: Source };

export type Reading<F extends Flags> = {
  readonly values: Values<F>;
  /** For each flag that has a value, where that came from. */
  readonly origins: { readonly [Name in keyof F]?: Origin };
  /** Everything that is malformed, each a whole sentence; empty if all is well. */
  readonly complaints: readonly string[];
};

/**
 * Flag over environment over file over default, for each flag; an empty value counts as not set.
 * Never throws: all complaints are collected, so that the user sees them at once.
 */
export const readFlags = <F extends Flags>(flags: F, typed: Typed, layers: readonly Layer[] = []): Reading<F> => {
  const values: Record<string, unknown> = {};
  const origins: Record<string, Origin> = {};
  const complaints: string[] = [];
  for (const [name, flag] of Object.entries(flags)) {
    const found = find(name, flag, typed, layers);
    if (found) origins[name] = found.origin;
    values[name] = parse(flag, found, complaints);
  }
  return { values: values as Values<F>, origins: origins as Reading<F>['origins'], complaints };
};

type Found = { readonly texts: readonly string[]; readonly origin: Origin };

const find = (name: string, flag: Flag, typed: Typed, layers: readonly Layer[]): Found | undefined => {
  const given = typed[name];
  const texts = (Array.isArray(given) ? given : [given])
    .filter((text) => text !== undefined && !isEmpty(flag, String(text)))
    .map(String);
  if (texts.length > 0 && given !== false) return { texts, origin: { place: longName(flag), rank: 0, source: 'flag' } };
  if (flag.env === undefined) return undefined;
  for (const [index, layer] of layers.entries()) {
    const value = layer.values[flag.env];
    if (value !== undefined && !isEmpty(flag, value)) {
      const origin = { place: `${flag.env} in ${layer.name}`, rank: index + 1, source: layer.source };
      return { texts: [value], origin };
    }
  }
  return undefined;
};

/** An empty value counts as not set, and so does a list of nothing (`,`). */
const isEmpty = (flag: Flag, value: string): boolean =>
  flag.refusesEmpty !== true && (value === '' || (flag.kind === 'list' && flag.commas && /^[\s,]*$/.test(value)));

const parse = (flag: Flag, found: Found | undefined, complaints: string[]): unknown => {
  if (flag.kind === 'toggle') return found !== undefined;
  const attempt = (text: string): unknown[] => {
    try {
      // What a variable of the shell was to give, and did not.
      if (flag.refusesEmpty && text.trim() === '') throw new Complaint('expected a value, but it is empty');
      return [flag.parse(text)];
    } catch (error) {
      if (!(error instanceof Complaint)) throw error;
      const seen = flag.secret ? '' : ` "${withoutSecrets(text)}"`;
      // A complaint of several lines ends in the text with a caret under the place.
      const end = error.message.includes('\n') ? '' : '.';
      complaints.push(`${found?.origin.place ?? longName(flag)}${seen}: ${error.message}${end}`);
      return [];
    }
  };
  const texts = found?.texts ?? [];
  const last = texts.at(-1);
  if (flag.kind === 'value') {
    const usual = () => (flag.default === undefined ? undefined : flag.parse(flag.default));
    return (last === undefined ? undefined : attempt(last)[0]) ?? usual();
  }
  const split = flag.commas ? texts.flatMap((text) => text.split(',')) : texts;
  return split
    .map((text) => (flag.commas ? text.trim() : text))
    .filter((text) => text !== '' || flag.refusesEmpty)
    .flatMap(attempt);
};

/** A URL that was pasted with a token or a password in it is shown without them. */
const withoutSecrets = (value: string): string =>
  value.replace(/(access_token=)[^&#\s]*/gi, '$1[secret]').replace(/(:\/\/)[^/?#\s]*@/g, '$1[secret]@');
