import * as v from 'valibot';
import { configOf, type SyncConfig } from './config.ts';
import { readMapping } from './mapping.ts';
import { type LookUp, pathKey, readYaml } from './read-yaml.ts';
import { FILE, type File, MAPPING } from './schema.ts';
import { unknownKeys } from './unknown-keys.ts';

export type ConfigReading = {
  /** Undefined if there are complaints. */
  readonly config: SyncConfig | undefined;
  /** Each with line and column, in the order of the file. */
  readonly complaints: readonly string[];
  /** The credentials in it, by the environment variable that they stand in for. */
  readonly credentials: Readonly<Record<string, string>>;
};

type At = 'value' | 'key';

/** Reads the file of `--config`; `name` is how messages call it. Everything that is wrong is told at once. */
export const readConfig = (text: string, name: string, lookUp: LookUp): ConfigReading => {
  const { value = {}, places, complaints: found } = readYaml(text, lookUp);
  const complaints = [...found];
  const complain = (path: readonly (string | number)[], about: At, words: string): void => {
    const place =
      (about === 'key' ? places.get(`key of ${pathKey(path)}`) : undefined) ??
      places.get(pathKey(path)) ??
      places.get(`key of ${pathKey(path.slice(0, -1))}`) ??
      places.get(pathKey(path.slice(0, -1)));
    complaints.push({ place: place ?? { line: 1, column: 1 }, text: words });
  };

  for (const { path, nearest } of unknownKeys(FILE, value)) {
    const guess = nearest === undefined ? '' : `; did you mean "${nearest}"?`;
    complain(path, 'key', `unknown key "${path.join('.')}"${guess}`);
  }
  const parsed = v.safeParse(FILE, value);
  for (const issue of parsed.success ? [] : parsed.issues) {
    const path = (issue.path ?? []).map(({ key }) => key as string | number);
    const name = path.join('.') || 'the file';
    const isMissing = issue.received === 'undefined';
    complain(path, 'value', isMissing ? `${name} is missing` : `${name}: expected ${issue.message}`);
  }
  const file = (parsed.success ? parsed.output : {}) as File;
  // Looked at also where something else in the file is wrong, so that all is told at once.
  const atTop = mappingIn(value);
  const below = mappingIn(partOf(partOf(value, 'connectors'), 'zoom'));
  if (atTop !== undefined && below !== undefined) {
    complain(['field_mapping'], 'key', 'field_mapping stands here and under connectors.zoom: expected one of the two');
  }
  const mappingPath = atTop === undefined ? ['connectors', 'zoom', 'field_mapping'] : ['field_mapping'];
  const { mapping, complaints: ofMapping } = readMapping(atTop ?? below);
  for (const { key, about, text: words } of ofMapping) complain([...mappingPath, key], about, words);
  const config = configOf(file, mapping);
  for (const kind of listlessKinds(config)) {
    complain(['brevo', 'double_opt_in'], 'key', `double_opt_in needs a list for each kind: lists.${kind} is missing`);
  }
  const { zoom } = file.connectors ?? {};
  const credentials = {
    ZOOM_ACCOUNT_ID: zoom?.account_id,
    ZOOM_CLIENT_ID: zoom?.client_id,
    ZOOM_CLIENT_SECRET: zoom?.client_secret,
    BREVO_API_KEY: file.brevo?.api_key,
  };
  return {
    config: complaints.length === 0 ? config : undefined,
    complaints: [...complaints]
      .sort((a, b) => a.place.line - b.place.line || a.place.column - b.place.column)
      .map(({ place, text: words }) => `${name}:${place.line}:${place.column}: ${words}.`.replace(/\?\.$/, '?')),
    credentials: Object.fromEntries(
      Object.entries(credentials).filter(
        (pair): pair is [string, string] => typeof pair[1] === 'string' && pair[1] !== '',
      ),
    ),
  };
};

/** Brevo's confirmation of new contacts wants a list to put them in. */
const listlessKinds = ({ doubleOptIn, sync, lists }: SyncConfig): readonly string[] => {
  if (doubleOptIn === undefined) return [];
  return [
    ...(sync.participants && lists.meetingParticipants === undefined ? ['meeting_participants'] : []),
    ...(sync.webinars && lists.webinarAttendees === undefined ? ['webinar_attendees'] : []),
    ...(sync.webinars && lists.webinarRegistrants === undefined ? ['webinar_registrants'] : []),
  ];
};

const partOf = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[key] : undefined;

/** The mapping in a group; undefined where there is none, or one that is complained of as a whole. */
const mappingIn = (group: unknown): Readonly<Record<string, string | null>> | undefined => {
  const parsed = v.safeParse(MAPPING, partOf(group, 'field_mapping'));
  return parsed.success ? parsed.output : undefined;
};
