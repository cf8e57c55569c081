/** What a value of the mapping is: its attribute must be able to hold it. */
export type ValueKind = 'text' | 'number' | 'time';

/** What `field_mapping` can name, besides `"question: <title>"`. */
export const SOURCES: Readonly<Record<string, ValueKind>> = {
  email: 'text',
  name: 'text',
  first_name: 'text',
  last_name: 'text',
  join_time: 'time',
  leave_time: 'time',
  duration: 'number',
  attendance_percent: 'number',
  meeting_title: 'text',
  webinar_title: 'text',
  meeting_id: 'text',
  session_uuid: 'text',
  attendance_status: 'text',
  registration_source: 'text',
  registration_time: 'time',
  // Zoom's registration fields.
  address: 'text',
  city: 'text',
  country: 'text',
  zip: 'text',
  state: 'text',
  phone: 'text',
  industry: 'text',
  org: 'text',
  job_title: 'text',
  purchasing_time_frame: 'text',
  role_in_purchase_process: 'text',
  no_of_employees: 'text',
  comments: 'text',
};

/** The sources that `brevo.names` speaks of. */
export const NAME_SOURCES: ReadonlySet<string> = new Set(['name', 'first_name', 'last_name']);

const QUESTION = /^question:\s*(.+)$/;

/** The title of the custom question that a source names; undefined if it names none. */
export const questionIn = (source: string): string | undefined => QUESTION.exec(source)?.[1]?.trim();

export const kindOfSource = (source: string): ValueKind => SOURCES[source] ?? 'text';

/** One value of a contact: where it comes from, which attribute takes it. */
export type Mapping = { readonly source: string; readonly attribute: string };

/** The mapping where the file has none; the names are those of existing connectors. */
export const DEFAULT_MAPPING: readonly Mapping[] = [
  { source: 'name', attribute: 'FIRSTNAME' },
  { source: 'join_time', attribute: 'MEETING_JOIN_DATE' },
  { source: 'duration', attribute: 'MEETING_DURATION' },
  { source: 'webinar_title', attribute: 'WEBINAR_NAME' },
  { source: 'attendance_status', attribute: 'ATTENDANCE_STATUS' },
  { source: 'registration_source', attribute: 'UTM_SOURCE' },
];
