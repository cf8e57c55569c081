/** What a field holds, as far as masking is concerned; `plain`: told by the look of the value, `kept`: never touched. */
export type FieldKind =
  | 'kept'
  | 'secret'
  | 'email'
  | 'person'
  | 'phone'
  /** A phone number if it is as long as one. */
  | 'number'
  | 'url'
  | 'file'
  | 'topic'
  | 'key'
  | 'text'
  /** Where somebody is or lives. */
  | 'place'
  | 'network'
  | 'plain';

/** Names that are one of the words. */
const is = (words: string): RegExp => new RegExp(`^(?:${words.trim().split(/\s+/).join('|')})$`);
/** Names that are one of the words, or end in it after an underscore. */
const ends = (words: string): RegExp => new RegExp(`(?:^|_)(?:${words.trim().split(/\s+/).join('|')})$`);

/**
 * In this order; the first that fits decides. Read off the names of all fields of all documented event types, and made
 * wide, so that a new field with a name of the usual form is masked before anybody has documented it.
 */
const RULES: readonly (readonly [FieldKind, RegExp])[] = [
  ['kept', is('event version timezone server_urls storage_location received_at subscription')],
  ['kept', is('app_name audio_name authentication_name country_name policy_name source_name')],
  ['kept', is('developer_documentation developer_privacy_policy developer_support developer_terms_of_use')],
  ['kept', ends('uuids? meeting_number webinar_number session_number')],
  [
    'secret',
    ends('password passcode pass_code passwd pwd pin pin_code host_key conference_code access_code park_code'),
  ],
  ['secret', ends('token secret signature credentials? authorization zak stream_key api_key private_key')],
  ['secret', is('encryption_fingerprint')],
  ['email', ends('e?mails? email_address(es)? alternative_hosts')],
  ['file', is('(file|document|attachment)_(name|path) filename')],
  ['url', ends('urls? links? uri href')],
  ['phone', ends('(cell|mobile)?phones? mobile cell fax tel telephone (phone|mobile)_no caller_id')],
  ['phone', ends('(phone|ext|extension|did|caller|callee|from|to|display)_numbers?')],
  ['number', ends('numbers?')],
  ['topic', ends('topic session_name')],
  ['key', ends('customer_key user_key authorization_id employee_id')],
  ['person', ends('names? nickname alias cnam company org organization dept department job_title')],
  ['person', is('operator sender recipient inviter at_contact contact post_user')],
  ['network', ends('ips? ip_address(es)?(_or_ranges)? mac_address bssid')],
  ['place', ends('address addresses address_line\\d street city county zip zip_code postal_code')],
  ['place', ends('gps latitude longitude location')],
  ['text', is('message messages message_content text body subject cmd frame title answer question caption')],
  ['text', is('comments? agenda desc notes? personal_notes next_steps transcript transcription')],
  ['text', is('stream_description custom_service_instructions audio_conference_info')],
  ['text', ends('summary(_(overview|content|title|details))?')],
];

/** Names that say something only below a certain parent: elsewhere `value` is a setting and `state` is one of few words. */
const BELOW: readonly (readonly [name: RegExp, parent: RegExp])[] = [
  [/^(state|state_code)$/, /^(registrant|.*address)$/],
  [/^value$/, /^(custom_questions|custom_attributes|tracking_fields)$/],
  [/^label$/, /^summary_details$/],
  [/^content$/, /^(?!sharing_details$|$)/],
  [/^description$/, /^(?!policies$)/],
];

/** Distinct names in Zoom's events number some 700; beyond this they are made up, and not worth remembering. */
const REMEMBERED = 4096;
const known = new Map<string, FieldKind>();

/** What the field at the end of a path of keys holds. An array's elements are named by the array's key. */
export const fieldKind = (path: readonly string[]): FieldKind => {
  const name = path.at(-1) ?? '';
  const parent = path.at(-2) ?? '';
  const both = `${parent}\n${name}`;
  const before = known.get(both);
  if (before !== undefined) return before;
  const kind = decide(snakeCase(name), snakeCase(parent));
  if (known.size < REMEMBERED) known.set(both, kind);
  return kind;
};

const decide = (name: string, parent: string): FieldKind => {
  if (BELOW.some(([field, holder]) => field.test(name) && holder.test(parent))) return 'text';
  return RULES.find(([, pattern]) => pattern.test(name))?.[0] ?? 'plain';
};

/** The chatbot's fields are spelt `userName`; what integrations add may be spelt any way. */
const snakeCase = (name: string): string =>
  name
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .replace(/[-.\s]+/g, '_')
    .toLowerCase();
