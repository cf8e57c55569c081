import { isHarmless } from './harmless-names.ts';

/** What a field holds, as far as masking is concerned. */
export type FieldKind =
  /** Never touched, but for e-mail addresses. */
  | 'kept'
  /** An id, a time, a type, a state or a number, says the name: only what looks personal in it is masked. */
  | 'plain'
  /** The name says nothing: masked, unless the value's form shows that it is harmless. */
  | 'unknown'
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
  /** Where someone is or lives. */
  | 'place'
  | 'network';

/** A field: its name, and what it holds. */
export type Field = { readonly name: string; readonly kind: FieldKind };

/** Names that are one of the words. */
const is = (words: string): RegExp => new RegExp(`^(?:${words.trim().split(/\s+/).join('|')})$`);
/** Names that are one of the words, or end in it after an underscore. */
const ends = (words: string): RegExp => new RegExp(`(?:^|_)(?:${words.trim().split(/\s+/).join('|')})$`);

/**
 * In this order; the first that fits decides. Read off the names of all fields of all documented event types, and made
 * wide, so that a new field with a name of the usual form is masked in its own way before anybody has documented it.
 */
const RULES: readonly (readonly [FieldKind, RegExp])[] = [
  ['kept', is('event version timezone server_urls storage_location received_at subscription')],
  ['kept', is('app_name audio_name authentication_name country_name policy_name source_name stop_reason_name')],
  ['kept', is('developer_documentation developer_privacy_policy developer_support developer_terms_of_use')],
  ['kept', ends('uuids? meeting_number webinar_number session_number')],
  ['text', is('leave_reason date_of_birth birth_?date birthday dob')],
  [
    'secret',
    ends('pass pins? pin_code host_key conference_code zak otp jwt cookies? stream_key encryption_fingerprint'),
  ],
  ['secret', ends('(access|auth|backup|claim|client|confirmation|host|invit(e|ation)|login|park|pass)_?codes?')],
  ['secret', ends('(recovery|security|sms|verification|voicemail)_?codes? (tax|passport|national)_(id|no|number) ssn')],
  // Also without an underscore before them: accesstoken, newpassword, myapikey.
  ['secret', /(password|passcode|passwd|passphrase|pwd|token|secret|signature|credential|authorization|bearer)s?$/],
  ['secret', /(^|_)(password|passcode|passwd|token|secret|bearer)s?_(confirmation|hash|hint|plain|text|value)$/],
  ['secret', /(api|access|app|auth|client|encryption|license|private|secret|session|shared|signing|ssh)_?keys?$/],
  ['email', ends('e_?mails? e_?mail_?address(es)? mailto alternative_hosts')],
  ['file', is('(file|document|attachment)_?(name|path)')],
  ['url', ends('urls? links? uri href')],
  ['phone', /(^|_)(cell|mobile|home|work|office|business)?_?(tele)?(phone|fax|handset|landline|whatsapp)s?$/],
  ['phone', ends('mobiles? cell tel dial_?in msisdn (phone|mobile|fax|tel|cell)_?(no|nr|num) caller_id')],
  ['phone', /(phone|fax|mobile|cell)_?numbers?$/],
  ['phone', ends('(ext|extension|did|caller|callee|from|to|display|dial|contact|call_?back)_?numbers?')],
  ['number', ends('numbers?')],
  ['topic', ends('topic session_name')],
  ['key', ends('customer_key user_key authorization_id employee_id')],
  ['person', /names?$/],
  ['person', ends('alias cnam company org organi[sz]ation dept department job_title owner presenter host')],
  ['person', ends('author creator organi[sz]er speaker attendee panelist assistant manager guest invitee registrant')],
  ['person', ends('operator sender recipient inviter at_contact contact post_user caller callee')],
  ['network', ends('ips? ip_address(es)?(_or_ranges)? mac_address bssid')],
  ['place', ends('address addresses address_line\\d street city county zip zip_code postal_code')],
  ['place', ends('gps latitude longitude location')],
  ['text', is('message messages message_content text body subject cmd frame title answer question caption')],
  ['text', is('comments? agenda desc description notes? personal_notes next_steps transcript transcription')],
  ['text', is('stream_description custom_service_instructions audio_conference_info')],
  ['text', ends('summary(_(overview|content|title|details))?')],
];

/** Names that say something only below a certain parent: elsewhere `state` is one of few words. */
const BELOW: readonly (readonly [kind: FieldKind, name: RegExp, parent: RegExp])[] = [
  ['text', /^(state|state_code)$/, /^(registrant|.*address)$/],
  ['text', /^value$/, /^(custom_questions|custom_attributes|tracking_fields)$/],
  ['text', /^label$/, /^summary_details$/],
  // What is shared: `desktop`, `whiteboard`.
  ['plain', /^content$/, /^sharing_details$/],
  // A frame's content is its event.
  ['text', /^content$/, /./],
];

/** What the name of a field alone says, and the name of what holds it. */
const ownKind = (name: string, holder: string): FieldKind =>
  BELOW.find(([, field, parent]) => field.test(name) && parent.test(holder))?.[0] ??
  RULES.find(([, pattern]) => pattern.test(name))?.[0] ??
  (isHarmless(name) ? 'plain' : 'unknown');

/** What holds the whole event. */
export const ROOT: Field = { name: '', kind: 'plain' };

/** Distinct names in Zoom's events number some 700; beyond this they are made up, and not worth remembering. */
const REMEMBERED = 4096;
/** Longer names are made up as well, and would be kept in memory. */
const LONGEST_NAME = 64;
const known = new Map<string, Field>();

/** The member `name` of a field's object. What a sensitive field holds is as sensitive, unless its name says better. */
export const fieldBelow = (holder: Field, name: string): Field => {
  if (name.length > LONGEST_NAME) return { name: '', kind: kindBelow(holder, name.slice(-LONGEST_NAME)) };
  const path = `${holder.kind}\n${holder.name}\n${name}`;
  const before = known.get(path);
  if (before !== undefined) return before;
  const field = { name: snakeCase(name), kind: kindBelow(holder, name) };
  if (known.size < REMEMBERED) known.set(path, field);
  return field;
};

const kindBelow = (holder: Field, name: string): FieldKind => {
  if (holder.kind === 'secret') return 'secret';
  const own = ownKind(snakeCase(name), holder.name);
  const isVague = own === 'unknown' || (own === 'number' && holder.kind === 'phone');
  return isVague && holder.kind !== 'kept' && holder.kind !== 'plain' ? holder.kind : own;
};

/** The chatbot's fields are spelt `userName`; what integrations add may be spelt any way. */
const snakeCase = (name: string): string =>
  name
    .normalize('NFKC')
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .replace(/[-.\s]+/g, '_')
    .toLowerCase();
