import { rewriteJson } from '../json/rewrite.ts';
import { type Field, type FieldKind, fieldBelow, ROOT } from './field-kind.ts';
import { looksHarmless } from './harmless-names.ts';
import { createPseudonyms, type Pseudonyms } from './pseudonyms.ts';
import { isEmail, maskEmails, maskText, maskWhole } from './text-spans.ts';

export type Redactor = (eventText: string) => string;

/**
 * Masks personal data and secrets in the JSON text of an event (or lifecycle event): same keys, same order, and every
 * other character as it stood. What a field holds is told by its name, wherever it stands (`field-kind.ts`), and by the
 * fields around it; a string of which nothing is known is masked. In those that are known to be harmless, e-mail and IP
 * addresses, URLs, international phone numbers, hardware addresses, passcodes and tokens are found by their look. JSON in
 * a string is masked as what it is. The same value gives the same pseudonym for the same key (HMAC-SHA256). Kept: ids and
 * uuids, times, numbers, types and states, time zones, countries. Never throws; a text that is no JSON is masked whole.
 */
export const createRedactor = ({ key }: { readonly key: string | Uint8Array }): Redactor => {
  const pseudonyms = createPseudonyms(key);
  const rewritten = (text: string, root: Field): string | undefined => {
    try {
      return rewriteJson(text, {
        root,
        below: fieldBelow,
        key: (name) => maskText(name, pseudonyms),
        string: (value, field) => masked(value, field, pseudonyms, rewritten),
        number: (value, { kind }) => maskedNumber(value, kind, pseudonyms),
      });
    } catch {
      return undefined;
    }
  };
  return (text) => rewritten(text, ROOT) ?? JSON.stringify(pseudonyms.label('Text', text));
};

/** JSON with its strings and numbers masked; undefined for what is no JSON. */
type Rewrite = (text: string, root: Field) => string | undefined;

const masked = (value: string, field: Field, pseudonyms: Pseudonyms, rewritten: Rewrite): string => {
  if (value === '') return value;
  const { kind } = field;
  switch (kind) {
    case 'secret':
      return '[redacted]';
    case 'email':
      return emails(value, pseudonyms);
    case 'person':
      return isEmail(value) ? pseudonyms.email(value) : pseudonyms.label('Name', value);
    case 'phone':
      return phone(value, pseudonyms);
    case 'number':
      if (isLong(value)) return phone(value, pseudonyms);
      return /^[\d\s()+./-]+$/.test(value) ? value : stranger(value, pseudonyms);
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
    case 'network':
      return maskWhole(value, pseudonyms) ?? pseudonyms.label('Text', value);
    case 'kept':
    case 'plain':
    case 'unknown':
      // A frame holds its event as a string; what integrations add may be JSON in JSON in JSON.
      if (/^\s*[{["]/.test(value)) return rewritten(value, field) ?? stranger(value, pseudonyms);
      if (kind === 'kept') return maskEmails(value, pseudonyms);
      return kind === 'plain' ? maskText(value, pseudonyms) : stranger(value, pseudonyms);
    default:
      kind satisfies never;
      throw new TypeError('a field of no known kind');
  }
};

/** A value of which nothing is known but its form. */
const stranger = (value: string, pseudonyms: Pseudonyms): string =>
  looksHarmless(value) ? value : (maskWhole(value, pseudonyms) ?? pseudonyms.label('Text', value));

const maskedNumber = (digits: string, kind: FieldKind, pseudonyms: Pseudonyms): string => {
  if (kind === 'phone' || (kind === 'number' && isLong(digits))) return pseudonyms.number(digits);
  return NUMBERS_KEPT.includes(kind) ? digits : '0';
};

const NUMBERS_KEPT: readonly FieldKind[] = ['kept', 'plain', 'unknown', 'number', 'text'];

/** A local phone number has seven digits at least; `sequence_no` and the like have fewer. */
const isLong = (value: string): boolean => value.replace(/\D/g, '').length >= 7;

const phone = (value: string, pseudonyms: Pseudonyms): string => {
  if (value.includes('@')) return pseudonyms.email(value);
  return /\d/.test(value) ? pseudonyms.digits(value) : pseudonyms.label('Name', value);
};

/** One address, or several with separators between them; anything else becomes one address as a whole. */
const emails = (value: string, pseudonyms: Pseudonyms): string => {
  const pieces = value.split(/([;,\s]+)/);
  const all = pieces.every((piece, index) => index % 2 === 1 || piece === '' || isEmail(piece));
  if (!all) return pseudonyms.email(value);
  return pieces.map((piece, index) => (index % 2 === 1 || piece === '' ? piece : pseudonyms.email(piece))).join('');
};
