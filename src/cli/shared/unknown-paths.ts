import { isDocumented, loadCatalogue, nearestFields } from '../../catalogue/index.ts';
import type { Condition, Path } from '../../flow/match/index.ts';

const SUGGESTED = 3;

/** What a recording or `--meta` adds to an event. */
const META = [
  'id',
  'received_at',
  'lag_ms',
  'subscription',
  'seq',
  'redacted',
  'request_id',
  'stream_seq',
  'redelivered',
];
const META_FIELDS: Readonly<Record<string, string>> = Object.fromEntries(META.map((key) => [`_meta.${key}`, 'string']));

/** A sentence for each `--where` whose path no documented type has: it may be a slip, it may be news from Zoom. */
export const unknownPathWarnings = async (typed: readonly Condition[]): Promise<readonly string[]> => {
  const types = [...(await loadCatalogue()).values()].map(({ fields }) => fields);
  const isKnown = (path: string) =>
    isDocumented(META_FIELDS, path) || types.some((fields) => isDocumented(fields, path));
  const unknown = typed.map(({ text, path }) => ({ text, path: textOf(path) })).filter(({ path }) => !isKnown(path));
  if (unknown.length === 0) return [];
  const all: Readonly<Record<string, string>> = Object.assign({}, META_FIELDS, ...types);
  return unknown.map(({ text, path }) => {
    const near = nearestFields(all, path, SUGGESTED);
    const guess =
      near.length === 0 ? '"zoom-ws events TYPE" lists the fields of a type' : `did you mean ${near.join(', ')}?`;
    return `--where ${text}: no known event type has ${path}; ${guess}`;
  });
};

const textOf = (path: Path): string => path.map(({ key, arrays }) => key + '[]'.repeat(arrays)).join('.');
