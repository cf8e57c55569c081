import { isLoopback } from '../../http/hosts.ts';
import { stopReasonOf } from './codes.ts';
import { instantOf } from './instant.ts';
import { type Fields, fieldsOf, textOf } from './message.ts';

export type Product = 'meeting' | 'webinar' | 'session' | 'contact_center' | 'phone';

/** Names of the id, in the order in which they are looked for [Zoom's SDK; `call_id` by Zoom Phone's samples]. */
const ID_NAMES = ['meeting_uuid', 'webinar_uuid', 'session_id', 'engagement_id', 'call_id'] as const;
export type IdName = (typeof ID_NAMES)[number];

/** A stream that has started, or that may be joined. */
export type StreamStart = {
  readonly product: Product;
  /** The name under which the id came; it goes back to Zoom under the same one. */
  readonly idName: IdName;
  readonly id: string;
  readonly streamId: string;
  /** Signalling addresses, to be tried in this order. */
  readonly urls: readonly string[];
  /** When Zoom says it started. */
  readonly at: number | undefined;
  /** The meeting's or webinar's number, where the event has one. */
  readonly number: string | undefined;
};

/** What an event says of a stream. */
export type StreamNews =
  | { readonly kind: 'started'; readonly start: StreamStart }
  | { readonly kind: 'interrupted'; readonly streamId: string; readonly urls: readonly string[] }
  | {
      readonly kind: 'stopped';
      readonly streamId: string;
      readonly reason: number | undefined;
      readonly at: number | undefined;
    }
  | { readonly kind: 'malformed'; readonly complaints: readonly string[] };

const ENDINGS = /rtms_(started|interrupted|stopped)$/;

/** Whether a type is one of those that say something of a stream. */
export const isStreamNews = (type: string): boolean => ENDINGS.test(type);

/** Reads an event whose type ends in `rtms_started`, `rtms_interrupted` or `rtms_stopped`; undefined for any other. */
export const readStreamNews = (event: unknown): StreamNews | undefined => {
  const { event: type, payload, event_ts } = fieldsOf(event);
  const [, ending] = (typeof type === 'string' && ENDINGS.exec(type)) || [];
  if (ending === undefined || typeof type !== 'string') return undefined;
  const fields = bodyOf(payload);
  const at = instantOf(event_ts);
  if (ending === 'started') return readStart(fields, type, at);
  const streamId = textOf(fields.rtms_stream_id);
  if (streamId === undefined) return { kind: 'malformed', complaints: [`${type} has no rtms_stream_id`] };
  if (ending === 'interrupted')
    return { kind: 'interrupted', streamId, urls: addressesOf(fields.server_urls).filter(isAllowed) };
  return { kind: 'stopped', streamId, reason: stopReasonOf(fields.stop_reason ?? fields.reason), at };
};

/** Reads one start event, or just its payload. Each missing or malformed field is a complaint. */
export const readJoin = (value: unknown): StreamNews => {
  const fields = fieldsOf(value);
  const type = typeof fields.event === 'string' ? fields.event : '';
  if (type !== '' && !type.endsWith('rtms_started')) {
    return { kind: 'malformed', complaints: [`expected a start event (…rtms_started), but it is "${type}"`] };
  }
  return readStart(bodyOf('payload' in fields ? fields.payload : value), type, instantOf(fields.event_ts));
};

/** Some senders wrap the fields in `payload.object`. */
const bodyOf = (payload: unknown): Fields => {
  const fields = fieldsOf(payload);
  return fields.rtms_stream_id === undefined && fields.object !== undefined ? fieldsOf(fields.object) : fields;
};

const readStart = (fields: Fields, type: string, at: number | undefined): StreamNews => {
  const complaints: string[] = [];
  const idName = ID_NAMES.find((name) => textOf(fields[name]) !== undefined);
  const id = idName && textOf(fields[idName]);
  const streamId = textOf(fields.rtms_stream_id);
  const urls = addressesOf(fields.server_urls);
  if (id === undefined) complaints.push(`an id is missing: expected one of ${ID_NAMES.join(', ')}`);
  if (streamId === undefined) complaints.push('rtms_stream_id is missing');
  if (urls.length === 0) complaints.push('server_urls is missing: expected the address of the signalling server');
  else if (!urls.some(isAllowed)) {
    complaints.push('server_urls: expected an address that begins with wss:// (plain ws:// only to this machine)');
  }
  if (complaints.length > 0 || idName === undefined || id === undefined || streamId === undefined) {
    return { kind: 'malformed', complaints };
  }
  const number = textOf(fields.meeting_id) ?? textOf(fields.webinar_id) ?? textOf(fields.meeting_number);
  const product = productOf(type, idName);
  return { kind: 'started', start: { product, idName, id, streamId, urls: urls.filter(isAllowed), at, number } };
};

const PRODUCTS: Readonly<Record<string, Product>> = {
  meeting: 'meeting',
  webinar: 'webinar',
  session: 'session',
  contact_center: 'contact_center',
  phone: 'phone',
};
const BY_ID: Readonly<Record<IdName, Product>> = {
  meeting_uuid: 'meeting',
  webinar_uuid: 'webinar',
  session_id: 'session',
  engagement_id: 'contact_center',
  call_id: 'phone',
};

/** By the event's family; of a bare payload, or a family of tomorrow, by the name of its id. */
const productOf = (type: string, idName: IdName): Product => PRODUCTS[type.split('.', 1)[0] ?? ''] ?? BY_ID[idName];

/** One address, several with commas between them, a list, or an object with addresses as values. */
export const addressesOf = (value: unknown): readonly string[] => {
  if (typeof value === 'string')
    return value
      .split(',')
      .map((one) => one.trim())
      .filter((one) => one !== '');
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap((one) => (typeof one === 'string' ? addressesOf(one) : []));
};

/** Whether an address may be dialled: encrypted, or this machine. */
export const isAllowed = (address: string): boolean => {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  return protocol === 'wss:' || (protocol === 'ws:' && isLoopback(hostname));
};

/** An address as it may be shown: its query, which can hold tokens, is left out. */
export const shownAddress = (address: string): string => {
  if (!URL.canParse(address)) return '(an address that cannot be read)';
  const { protocol, host, pathname, search } = new URL(address);
  return `${protocol}//${host}${pathname === '/' ? '' : pathname}${search === '' ? '' : '?…'}`;
};
