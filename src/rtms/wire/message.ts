/** A JSON object from a stranger: any field may be missing or of another type. */
export type Fields = Readonly<Record<string, unknown>>;

export type Message = { readonly type: number; readonly fields: Fields };

/** The fields of a value, none if it is no object. */
export const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};

/** A text or a number as text; undefined for anything else, and for nothing. */
export const textOf = (value: unknown): string | undefined => {
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
};

/** From this size on, the base64 of a picture is cut out of the bytes: 1.5 to 2 times faster than making it a string. */
const LARGE = 16 * 1024;
const DATA_KEY = Buffer.from('"data":"');
const QUOTE = 0x22;
/** Base64 decodes to three bytes of every four; what stands in the message meanwhile. */
const PLACE = '';

/**
 * Reads one message, text or binary; `data` holds the decoded bytes of a large one where they were cut out. Undefined if
 * it is no JSON object, or has no `msg_type`.
 */
export const readMessage = (payload: Buffer): { readonly message: Message; readonly data?: Buffer } | undefined => {
  const cut = payload.length >= LARGE ? cutData(payload) : undefined;
  try {
    const fields = fieldsOf(JSON.parse(cut?.rest ?? payload.toString('utf8')));
    const type = Number(fields.msg_type);
    if (fields.msg_type === undefined || !Number.isInteger(type)) return undefined;
    const message = { type, fields };
    return cut ? { message, data: cut.data } : { message };
  } catch {
    return undefined;
  }
};

/** The first `data` whose text is all base64, which holds no escapes; a text of other words is left where it is. */
const cutData = (payload: Buffer): { readonly rest: string; readonly data: Buffer } | undefined => {
  const key = payload.indexOf(DATA_KEY);
  if (key < 0) return undefined;
  const start = key + DATA_KEY.length;
  const end = payload.indexOf(QUOTE, start);
  if (end - start < LARGE / 2) return undefined;
  const text = payload.toString('latin1', start, end);
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return undefined;
  const rest = `${payload.toString('utf8', 0, start)}${PLACE}${payload.toString('utf8', end)}`;
  return { rest, data: Buffer.from(text, 'base64') };
};
