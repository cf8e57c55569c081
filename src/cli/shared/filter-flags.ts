import { type Flags, listFlag, type Values } from '../../config/flag.ts';
import { ZoomWsError } from '../../errors.ts';
import type { Keep } from '../../flow/keep.ts';
import {
  compileEventFilter,
  loadKeep,
  looksLikeMeeting,
  parseCondition,
  parseEventPatterns,
  parseMeeting,
} from '../../flow/match/index.ts';

/** Which events pass: for every command that reads events. */
export const FILTER_FLAGS = {
  event: listFlag({
    spelling: '-e, --event <pattern>',
    help: "only these events: meeting, 'meeting.*', '!meeting.participant_*'; repeatable, comma-separated",
    // The parser splits at commas itself: quotes may stand around the whole list.
    commas: false,
    refusesEmpty: true,
    parse: parseEventPatterns,
  }),
  where: listFlag({
    spelling: '-w, --where <condition>',
    help: "only events of which this holds: topic=Standup, 'duration>30', 'participant.email~@acme\\.com$'; repeatable, all must hold",
    commas: false,
    refusesEmpty: true,
    parse: parseCondition,
  }),
  meeting: listFlag({
    spelling: '--meeting <id or uuid>',
    help: 'only events of this meeting; repeatable, any of them',
    commas: false,
    refusesEmpty: true,
    parse: parseMeeting,
  }),
} satisfies Flags;

/** What conditions look like, for the end of a command's help. */
export const FILTER_NOTES = `Conditions of --where:
  path=value  path!=value      equal or not; numbers by value, and alike with quotes or without
  path~regex  path!~regex      matches a regular expression of JavaScript, or does not
  'path<value' '<=' '>' '>='   numbers by value, other text by code point, so ISO times work
  path        '!path'          present, absent
A path is looked up under payload.object, unless it begins with event, event_ts, payload or _meta.
[] walks an array: 'recording_files[].file_type=MP4' holds if one element does.
Quote conditions that contain *, ?, !, <, > or ~, because the shell would take them for its own.`;

export type FilterValues = Values<typeof FILTER_FLAGS>;

/** The compiled filters. */
export const keepOf = (values: FilterValues): Promise<Keep> => loadKeep(values);

/** Whether `--event` lets a type pass, for a source that can leave out the rest; undefined if any passes. */
export const wantedTypes = ({ event }: FilterValues): ((type: string) => boolean) | undefined =>
  event.length === 0 ? undefined : compileEventFilter(event.flatMap(({ patterns }) => patterns));

/**
 * What the user should hear about filters that are accepted but look wrong: patterns that match no known event type and
 * paths that none has, with the nearest names, meetings that are no number and no uuid, and quotes that the shell left
 * standing. `knowsPaths`: whether the events are Zoom's, whose fields are documented. Loads what is known of the types only where there is a pattern or a path.
 */
export const filterWarnings = async (
  values: FilterValues,
  { knowsPaths = true }: { readonly knowsPaths?: boolean } = {},
): Promise<readonly string[]> => {
  const quoted = (['event', 'where', 'meeting'] as const).flatMap((name) =>
    values[name].filter(({ wasQuoted }) => wasQuoted).map(({ text }) => `--${name} ${text}: taken without its quotes`),
  );
  // As in other languages; here the second sign belongs to the value.
  const doubled = values.where
    .filter(({ test }) => test.kind === 'compare' && test.operator === '=' && test.value.startsWith('='))
    .map(({ text }) => `--where ${text}: looks for a value that begins with "="; one "=" compares`);
  const strange = values.meeting
    .filter((meeting) => !looksLikeMeeting(meeting))
    .map(({ text }) => `--meeting ${text}: neither a meeting number nor a uuid; --where topic=… looks for a topic`);
  const paths =
    values.where.length === 0 || !knowsPaths
      ? []
      : (await import('./unknown-paths.ts')).unknownPathWarnings(values.where);
  const patterns =
    values.event.length === 0 ? [] : (await import('./unknown-patterns.ts')).unknownPatternWarnings(values.event);
  return [...quoted, ...doubled, ...strange, ...(await paths), ...patterns];
};

/** The error for words after the flags of a command that takes none. */
export const leftoverWords = async (words: readonly string[]): Promise<ZoomWsError> => {
  const [first = '', ...more] = words;
  const others = more.length === 0 ? '' : ` and ${more.length} more`;
  const { EVENT_TYPES } = await import('../../catalogue/index.ts');
  const isKnown = EVENT_TYPES.some((type) => type === first || type.startsWith(`${first}.`));
  if (isKnown) {
    return new ZoomWsError('usage', `Unexpected argument "${first}"${others}: event types follow --event.`, {
      hint: `Type it so: --event ${first}`,
    });
  }
  return new ZoomWsError(
    'usage',
    `Unexpected argument "${first}"${others}: the shell has probably expanded a pattern.`,
    { hint: "Put a pattern in quotes: --event 'meeting.*'. The family alone needs none: --event meeting." },
  );
};
