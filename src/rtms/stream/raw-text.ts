import type { Message } from '../wire/message.ts';

const MEDIA_DATA = /("data"\s*:\s*")([A-Za-z0-9+/=]*)"/;
const FIRST_MEDIA = 14;
const LAST_MEDIA = 16;
/** Keys of an encryption that is not ours to show. */
const SECRET_KEYS: ReadonlySet<string> = new Set(['srtp_keys', 'srt_passphrase', 'signature']);
const ADDRESS_QUERY = /((?:wss?|https?|srt):\/\/[^"?\s,\\]*)\?[^"\s,\\]*/g;

/**
 * A message as `-o raw` and `-vv` show it: media bytes as their number unless they are wanted, keys and the query of
 * every address left out.
 */
export const rawText = (payload: Buffer, message: Message | undefined, withBytes: boolean): string => {
  const text = payload.toString('utf8');
  if (message === undefined) return withoutQueries(text);
  if (message.type >= FIRST_MEDIA && message.type <= LAST_MEDIA) {
    if (withBytes) return text;
    return text.replace(MEDIA_DATA, (_, key: string, data: string) => `${key}<${bytesIn(data)} bytes>"`);
  }
  return withoutQueries(/srtp_keys|srt_passphrase|signature/.test(text) ? withoutKeys(message) : text);
};

const withoutQueries = (text: string): string => text.replace(ADDRESS_QUERY, '$1?…');

const withoutKeys = ({ fields }: Message): string =>
  JSON.stringify(fields, (key, value: unknown) => (SECRET_KEYS.has(key) ? '…' : value));

const bytesIn = (base64: string): number =>
  Math.floor((base64.length * 3) / 4) - (base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0);
