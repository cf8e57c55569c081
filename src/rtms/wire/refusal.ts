import { onOneLine } from '../../http/on-one-line.ts';
import { STATUS_CODES } from './codes.ts';
import { type Fields, textOf } from './message.ts';

/**
 * What a refusal means for us. `passing`: worth another attempt within the window; `duplicate`: a few more attempts;
 * everything else is final.
 */
export type RefusalKind = 'signature' | 'duplicate' | 'stream' | 'payload' | 'scope' | 'media' | 'passing' | 'params';

export type Refusal = {
  readonly kind: RefusalKind;
  /** Undefined where the answer had none (Zoom's old servers). */
  readonly status: number | undefined;
  /** Zoom's text and number, and what the number means where the text does not say. */
  readonly words: string;
};

/** Reads message 2 or 4: undefined if it accepts. An answer with a reason and no status is a refusal. */
export const refusalOf = (fields: Fields, accepts: boolean): Refusal | undefined => {
  const { status_code } = fields;
  const status = typeof status_code === 'number' ? status_code : Number.parseInt(textOf(status_code) ?? '', 10);
  const reason = onOneLine(textOf(fields.reason) ?? '');
  if (status === 0) return undefined;
  if (Number.isNaN(status)) {
    if (accepts || reason === '') return undefined;
    return { kind: byWords(reason) ?? 'params', status: undefined, words: `"${reason}"` };
  }
  const meaning = STATUS_CODES[status] ?? 'a status that is not documented';
  const words = `${reason === '' ? meaning : `"${reason}"`} (status ${status})`;
  return { kind: byWords(reason) ?? byNumber(status), status, words };
};

/** Old servers number the statuses otherwise, so that clear words count for more than the number. */
const byWords = (reason: string): RefusalKind | undefined => {
  if (/signature/i.test(reason)) return 'signature';
  if (/duplicate/i.test(reason)) return 'duplicate';
  return undefined;
};

const byNumber = (status: number): RefusalKind => {
  if (status === 2) return 'stream';
  if (status === 3) return 'signature';
  if (status === 4) return 'payload';
  if (status === 7 || status === 14) return 'media';
  if (status === 8 || status === 15 || status === 16) return 'duplicate';
  if (status >= 9 && status <= 13) return 'scope';
  return status === 45 ? 'passing' : 'params';
};
