import { isIPv4, isIPv6 } from 'node:net';
import type { Pseudonyms } from './pseudonyms.ts';

/**
 * A text in which everything that looks like an e-mail or IP address, a URL, an international phone number, a hardware
 * address, a passcode that is called one, or a signed token is replaced, and nothing else. Every pattern is bounded, so
 * that time grows with the length of the text alone.
 */
export const maskText = (text: string, pseudonyms: Pseudonyms): string => {
  let masked = text;
  if (masked.includes('eyJ')) masked = masked.replace(SIGNED_TOKEN, '[redacted]');
  if (/zoom/i.test(masked)) masked = masked.replace(BARE_ZOOM_URL, pseudonyms.url);
  if (masked.includes('//')) {
    masked = masked.replace(URL_LIKE, pseudonyms.url);
    masked = masked.replace(BARE_URL, (found) =>
      ASSIGNED.test(found) ? `//${schemeless(pseudonyms.url(found))}` : found,
    );
  }
  masked = masked.replace(SECRET, (_found, name: string) => `${name}[redacted]`);
  masked = maskEmails(masked, pseudonyms);
  if (masked.includes('+')) masked = masked.replace(PHONE, pseudonyms.digits);
  if (DOTS_OR_COLONS.test(masked)) {
    masked = masked.replace(MAC, pseudonyms.mac);
    masked = masked.replace(IPV4, (found) => (isIPv4(found) ? pseudonyms.ip(found) : found));
    masked = masked.replace(IPV6, (found) => (isAddress(found) ? pseudonyms.ip(found) : found));
  }
  return masked;
};

/**
 * A text in which only e-mail addresses are replaced. Looks for the sign and then back, for a pattern that begins with the
 * name would try up to 64 characters at every place of a long text.
 */
export const maskEmails = (text: string, pseudonyms: Pseudonyms): string => {
  if (!AT_SIGN.test(text)) return text;
  let out = '';
  let copied = 0;
  for (const found of text.matchAll(AT_DOMAIN)) {
    const start = startOfName(text, found.index, copied);
    if (start === found.index) continue;
    const end = found.index + found[0].length;
    out += text.slice(copied, start) + pseudonyms.email(text.slice(start, end));
    copied = end;
  }
  return out + text.slice(copied);
};

/** Where the name begins that stands before the sign at `at`; `at` itself if none does. */
const startOfName = (text: string, at: number, least: number): number => {
  let start = at;
  while (start > least && at - start < LONGEST_NAME && !NO_PART_OF_NAME.test(text.charAt(start - 1))) start -= 1;
  // Never the second half of a character.
  return start < at && /[\uDC00-\uDFFF]/.test(text.charAt(start)) ? start + 1 : start;
};

/** A text that is one address, URL, phone number or token from end to end, masked as such; undefined for any other. */
export const maskWhole = (text: string, pseudonyms: Pseudonyms): string | undefined => {
  const is = (pattern: RegExp): boolean => pattern.exec(text)?.[0] === text;
  if (text.length > LONGEST_ADDRESS) return undefined;
  if (isEmail(text)) return pseudonyms.email(text);
  if (is(first(URL_LIKE))) return pseudonyms.url(text);
  if (is(first(MAC))) return pseudonyms.mac(text);
  if (isIPv4(text) || isAddress(text)) return pseudonyms.ip(text);
  if (is(first(PHONE))) return pseudonyms.digits(text);
  return is(first(SIGNED_TOKEN)) ? '[redacted]' : undefined;
};

/** Longer than any of them is expected to be; a longer one is masked all the same, as a text. */
const LONGEST_ADDRESS = 4096;

/** The pattern for its first match, without a memory of where the last one was. */
const first = (pattern: RegExp): RegExp => new RegExp(pattern.source, pattern.flags.replace('g', ''));

/** Whether nothing stands beside the address. */
export const isEmail = (text: string): boolean => /^[^\s@]{1,64}@[^\s@]{1,255}$/.test(text);

const schemeless = (url: string): string => url.replace(/^[^/]*\/\//, '');

/** The head of a JSON Web Token is `{"`, which is `eyJ` in base64 (RFC 7519). */
const SIGNED_TOKEN = /(?<![\w-])eyJ[\w-]{5,4096}(?:\.[\w-]{0,8192}){1,2}/g;
const URL_LIKE = /\b[a-z][a-z\d+.-]{1,20}:\/\/[^\s"'<>`]+/gi;
/** `us02web.zoom.us/j/123?pwd=…`, as people paste it. */
const BARE_ZOOM_URL = /(?<![\w./-])(?:[\w-]{1,63}\.){0,4}zoom(?:gov)?\.(?:us|com)\/[^\s"'<>`]+/gi;
/** `//acme.zoom.us/j/123?pwd=…`, as in a page's source. */
const BARE_URL = /(?<![:\w/])\/\/[^\s"'<>`/][^\s"'<>`]+/g;
const NAMES_OF_SECRETS =
  'pass[ _-]?(?:code|word|wort|phrase)|passwd|pwd|pin|kennwort|kenncode|contrase\u00F1a|mot de passe|secret|api[ _-]?key|(?:access_|refresh_)?token';
/** `pwd=…`, also where the URL is part of another and its signs are encoded. */
const ASSIGNED = new RegExp(`(?:${NAMES_OF_SECRETS})(?:=|%3D)`, 'i');
/** `Passcode: 123456`, `pwd=…`, `password is …`: the name with its sign, then the value. */
const SECRET = new RegExp(
  `(?:(?<![\\p{L}\\p{N}])|(?<=%[\\da-f]{2}))((?:${NAMES_OF_SECRETS})\\s{0,3}(?:[:=\uFF1A\uFF1D]|%3[AD]|\\bis\\b)\\s{0,3})[^\\s,;&<>"']{1,256}`,
  'giu',
);
/** As typed, as in a URL (`%40`, `%2540`), and as East Asian keyboards and small forms have it. */
const AT_SIGN = /[@\uFF20\uFE6B]|%(?:25){0,3}40/;
/** Lengths as RFC 5321, 4.5.3.1 has them. */
const AT_DOMAIN = /(?:[@\uFF20\uFE6B]|%(?:25){0,3}40)[\p{L}\p{N}-]{1,63}(?:[.\uFF0E\u3002][\p{L}\p{N}-]{1,63}){0,8}/gu;
const LONGEST_NAME = 64;
const NO_PART_OF_NAME = /[\s@\uFF20\uFE6B<>()[\]{},;:"'`|\\/]/;
/** E.164 has up to 15 digits. */
const PHONE = /(?<![\w+/=])\+\d(?:[ ().\u00A0-]{0,2}\d){6,14}(?![\w+/=])/g;
const MAC = /(?<![\da-f:-])(?:[\da-f]{2}[:-]){5}[\da-f]{2}(?![\da-f:-])/gi;
const IPV4 = /(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?!\d|\.\d)/g;
const IPV6 = /(?<![\w:.])[\da-f:]{3,39}(?:(?<=:)(?:\d{1,3}\.){3}\d{1,3})?(?![\w:])/gi;
const DOTS_OR_COLONS = /\d\.\d{1,3}\.|[\da-f]{0,4}[:-][\da-f]{0,4}[:-]/i;

/** `::` alone is punctuation, `::1` an address. */
const isAddress = (text: string): boolean => isIPv6(text) && /[\da-f]/i.test(text);
