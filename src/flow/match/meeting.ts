import { Complaint } from '../../config/flag.ts';
import type { JsonTree } from './json-tree.ts';
import { type Path, parsePath, valuesAt } from './path.ts';
import { unquoted } from './unquoted.ts';

/** One `--meeting`: every spelling under which an event may name that meeting. */
export type Meeting = { readonly text: string; readonly spellings: readonly string[]; readonly wasQuoted: boolean };

/**
 * `123 4567 8901` or `123-4567-8901` → the number without them; anything else is a uuid, which may be URL-encoded, also
 * twice, as Zoom's API needs one that begins with `/`. Throws a Complaint for what holds no letter and no digit.
 */
export const parseMeeting = (text: string): Meeting => {
  const body = unquoted(text.trim());
  if (!/[\p{L}\p{N}]/u.test(body)) throw new Complaint('expected a meeting number or uuid');
  const number = body.replace(/[\s\p{Pd}]/gu, '');
  const once = decoded(body);
  const spellings = /^\d+$/.test(number) ? [number] : [body, once, decoded(once)];
  return { text, spellings: [...new Set(spellings)], wasQuoted: body !== text.trim() };
};

/** 16 bytes in base64, as Zoom has them; RFC 9562 is what others would call a uuid. */
const UUID_FORM = /^(?:[\w+/-]{22}==|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})$/i;

/** Whether it is a number or a uuid. */
export const looksLikeMeeting = ({ spellings }: Meeting): boolean =>
  spellings.some((name) => /^\d+$/.test(name) || UUID_FORM.test(name));

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    // A `%` that encodes nothing is the text's own.
    return text;
  }
};

/** Every number and uuid by which an event names the meeting, webinar or Video SDK session that it is about. */
export const meetingNames = (type: string, { root, keyOf, scalarOf }: JsonTree): readonly string[] => {
  const textsAt = (path: Path) => valuesAt(root, path, keyOf).flatMap((value) => scalarOf(value)?.text ?? []);
  const isMeeting = FAMILIES.includes(type.split('.', 1)[0] ?? '') || textsAt(UUID).length > 0;
  return [...(isMeeting ? OWN_PATHS : []), ...NAMING_PATHS].flatMap(textsAt);
};

/**
 * Families whose `payload.object` is a meeting, a webinar, the recording of one, or a session. Elsewhere its `id` is a
 * user's, a channel's or a call's, unless a `uuid` stands beside it.
 */
const FAMILIES: readonly string[] = ['meeting', 'webinar', 'recording', 'session'];

const pathOf = (name: string): Path => parsePath(name, name, 0);

const UUID = pathOf('uuid');
const OWN_PATHS = [
  'id',
  'uuid',
  'session_id',
  'payload.session_id',
  'payload.old_object.id',
  'payload.old_object.uuid',
].map(pathOf);

/**
 * Fields that name a meeting in whatever family they stand, read off all documented types: summaries, chat files, phone
 * calls that invite to one, RTMS, batches of recordings. In `recording_files[]` Zoom puts the uuid into `meeting_id`.
 */
const NAMING_PATHS = ['meeting_id', 'meeting_number', 'meeting_uuid', 'webinar_id', 'webinar_uuid']
  .flatMap((key) => [key, `payload.${key}`, `meetings[].${key}`])
  .concat('meeting_uuids[]', 'parent_meeting_id', 'recording_files[].meeting_id')
  .map(pathOf);
