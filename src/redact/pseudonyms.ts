import { createHmac } from 'node:crypto';

/** Stand-ins for values: the same for the same value and key, of the same shape, and never a real person's. */
export type Pseudonyms = {
  /** `Name-3fa9c1d2e4` */
  label(word: string, value: string): string;
  /** At example.invalid (RFC 6761), so that no one can be written to by mistake. Case does not count. */
  email(value: string): string;
  /** At redacted.invalid, with the scheme it had. */
  url(value: string): string;
  /** Keeps the extension. */
  file(value: string): string;
  /** A phone number's text: other digits where digits stood, so that it reads as one. */
  digits(value: string): string;
  /** The same for a JSON number. */
  number(value: string): string;
  /** IPv4: of 240.0.0.0/4 (reserved, RFC 1112); IPv6: of 2001:db8::/32 (for documentation, RFC 3849). */
  ip(value: string): string;
  /** A hardware address, locally administered. */
  mac(value: string): string;
};

/** 40 bits: a million distinct values clash with a chance of about one in two, a thousand with one in two million. */
const SHOWN_DIGITS = 10;
/** No country has this prefix. */
const NO_COUNTRY = '999';
/** Repeats of a person are many; beyond this many distinct values they are computed anew. */
const REMEMBERED = 8192;
/** Longer values are no names, and are computed anew each time: remembered, they would fill the memory. */
const LONGEST_REMEMBERED = 128;

export const createPseudonyms = (key: string | Uint8Array): Pseudonyms => {
  const known = new Map<string, string>();
  const hmac = (subject: string): string => createHmac('sha256', key).update(subject).digest('hex');
  /** 64 hex digits. */
  const digest = (kind: string, value: string): string => {
    const subject = `${kind}\n${value}`;
    if (value.length > LONGEST_REMEMBERED) return hmac(subject);
    const before = known.get(subject);
    if (before !== undefined) return before;
    const hex = hmac(subject);
    if (known.size >= REMEMBERED) known.clear();
    // A copy: a piece of a long text would keep all of it.
    known.set(Buffer.from(subject).toString(), hex);
    return hex;
  };
  const short = (kind: string, value: string) => digest(kind, value).slice(0, SHOWN_DIGITS);
  const digits = (value: string): string => {
    const bare = value.replace(/\D/g, '');
    const other = decimal(digest('phone', bare), bare.length);
    const whole = bare.length >= 7 ? `${NO_COUNTRY}${other.slice(NO_COUNTRY.length)}` : other;
    let at = 0;
    return value.replace(/\d/g, () => whole[at++] ?? '0');
  };
  return {
    label: (word, value) => `${word}-${short(word, folded(value))}`,
    email: (value) => `${short('email', folded(value))}@example.invalid`,
    url: (value) =>
      `${/^[a-z][a-z\d+.-]{0,20}:\/\//i.exec(value)?.[0] ?? 'https://'}redacted.invalid/${short('url', value)}`,
    file: (value) => `file-${short('file', value)}${/\.[a-z\d]{1,8}$/i.exec(value)?.[0] ?? ''}`,
    digits: (value) => digits(value.replace(/[^\d+().\s/-]/g, '')),
    number: (value) => (/^-?\d+$/.test(value) ? digits(value).replace(/^(-?)0/, '$11') : '0'),
    ip(value) {
      const hex = digest('ip', value.toLowerCase());
      const pair = (at: number) => Number.parseInt(hex.slice(at, at + 2), 16);
      if (!value.includes(':')) return `${240 + (pair(0) % 15)}.${pair(2)}.${pair(4)}.${pair(6)}`;
      return `2001:db8:${(hex.slice(0, 24).match(/.{4}/g) ?? []).join(':')}`;
    },
    mac(value) {
      const separator = value.includes('-') ? '-' : ':';
      return ['02', ...(short('mac', value.toLowerCase()).match(/../g) ?? [])].join(separator);
    },
  };
};

/** The same person however the name is typed: case, and the way Unicode composes letters, do not count. */
const folded = (value: string): string => value.trim().normalize('NFC').toLowerCase();

/** As many decimal digits as wanted, drawn from a digest; repeats after some 60. */
const decimal = (hex: string, length: number): string => {
  const all = [...hex].map((digit) => Number.parseInt(digit, 16) % 10).join('');
  return all.repeat(Math.ceil(length / all.length)).slice(0, length);
};
