import { rewriteJson } from '../json/rewrite.ts';
import { type FieldKind, fieldKind } from './field-kind.ts';
import { createPseudonyms, type Pseudonyms } from './pseudonyms.ts';
import { maskText } from './text-spans.ts';

export type Redactor = (eventText: string) => string;

/**
 * Masks personal data and secrets in the JSON text of an event (or lifecycle event): same keys, same order, and every
 * other character as it stood. What a field holds is told by its name, wherever it stands (`field-kind.ts`); in all other
 * strings, e-mail and IP addresses, URLs, international phone numbers, hardware addresses and tokens are found by their
 * look. The same value gives the same pseudonym for the same key (HMAC-SHA256). Kept: ids and uuids, times, numbers,
 * types and states, time zones, countries. Never throws; a text that is no JSON is masked as free text.
 */
export const createRedactor = ({ key }: { readonly key: string | Uint8Array }): Redactor => {
  const pseudonyms = createPseudonyms(key);
  const redact = (text: string): string => {
    try {
      return rewriteJson(text, {
        key: (name) => maskText(name, pseudonyms),
        string: (value, path) => masked(value, path, pseudonyms, redact),
        number: (value, path) => maskedNumber(value, path, pseudonyms),
      });
    } catch {
      return JSON.stringify(pseudonyms.label('Text', text));
    }
  };
  return redact;
};

const masked = (value: string, path: readonly string[], pseudonyms: Pseudonyms, redact: Redactor): string => {
  if (value === '') return value;
  const kind = fieldKind(path);
  switch (kind) {
    case 'kept':
      return value;
    case 'secret':
      return '[redacted]';
    case 'email':
      return emails(value, pseudonyms);
    case 'person':
      return isEmail(value) ? pseudonyms.email(value) : pseudonyms.label('Name', value);
    case 'phone':
      return phone(value, pseudonyms);
    case 'number':
      return isLong(value) ? phone(value, pseudonyms) : maskText(value, pseudonyms);
    case 'url':
      return pseudonyms.url(value);
    case 'file':
      return pseudonyms.file(value);
    case 'topic':
      return pseudonyms.label('Topic', value);
    case 'key':
      return pseudonyms.label('Key', value);
    case 'text':
    case 'place':
      return pseudonyms.label('Text', value);
    case 'network': {
      const known = maskText(value, pseudonyms);
      return known === value ? pseudonyms.label('Text', value) : known;
    }
    case 'plain':
      // A frame holds its event as a string.
      return /^\s*\{/.test(value) ? redact(value) : maskText(value, pseudonyms);
    default:
      kind satisfies never;
      throw new TypeError('a field of no known kind');
  }
};

const maskedNumber = (digits: string, path: readonly string[], pseudonyms: Pseudonyms): string => {
  const kind = fieldKind(path);
  if (kind === 'phone' || (kind === 'number' && isLong(digits))) return pseudonyms.number(digits);
  return NUMBERS_KEPT.includes(kind) ? digits : '0';
};

const NUMBERS_KEPT: readonly FieldKind[] = ['kept', 'plain', 'number', 'text'];

/** A local phone number has seven digits at least; `sequence_no` and the like have fewer. */
const isLong = (value: string): boolean => value.replace(/\D/g, '').length >= 7;

const phone = (value: string, pseudonyms: Pseudonyms): string => {
  if (value.includes('@')) return pseudonyms.email(value);
  return /\d/.test(value) ? pseudonyms.digits(value) : pseudonyms.label('Name', value);
};

const isEmail = (value: string): boolean => /^[^\s@]{1,64}@[^\s@]{1,255}$/.test(value);

/** One address, or several with separators between them; anything else becomes one address as a whole. */
const emails = (value: string, pseudonyms: Pseudonyms): string => {
  const pieces = value.split(/([;,\s]+)/);
  const all = pieces.every((piece, index) => index % 2 === 1 || piece === '' || isEmail(piece));
  if (!all) return pseudonyms.email(value);
  return pieces.map((piece, index) => (index % 2 === 1 || piece === '' ? piece : pseudonyms.email(piece))).join('');
};
