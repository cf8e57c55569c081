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

/** What is asked for most: known without loading half a megabyte. A test holds it against the documentation. */
export const USUAL_PATHS: readonly string[] = [
  ...['event', 'event_ts', 'payload', 'payload.object', 'payload.account_id', 'payload.operator'],
  ...['id', 'uuid', 'topic', 'type', 'host_id', 'duration', 'start_time', 'end_time', 'email', 'participant.email']
    .concat('participant.user_name', 'participant.user_id', 'participant.id', 'recording_files[].file_type', 'call_id')
    .map((path) => `payload.object.${path}`),
];

/** A sentence for each `--where` whose path no documented type has: it may be a slip, it may be news from Zoom. */
export const unknownPathWarnings = async (typed: readonly Condition[]): Promise<readonly string[]> => {
  const unusual = typed
    .map(({ text, path }) => ({ text, path: textOf(path) }))
    .filter(({ path }) => !USUAL_PATHS.includes(path));
  if (unusual.length === 0) return [];
  const types = [...(await loadCatalogue()).values()].map(({ fields }) => fields);
  const isKnown = (path: string) =>
    isDocumented(META_FIELDS, path) || types.some((fields) => isDocumented(fields, path));
  const unknown = unusual.filter(({ path }) => !isKnown(path));
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
