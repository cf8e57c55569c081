import { isIPv4, isIPv6 } from 'node:net';
import type { Pseudonyms } from './pseudonyms.ts';

/**
 * A text in which everything that looks like an e-mail or IP address, a URL, an international phone number, a hardware
 * address or a signed token is replaced, and nothing else. Every pattern is bounded, so that time grows with the length
 * of the text alone.
 */
export const maskText = (text: string, pseudonyms: Pseudonyms): string => {
  let masked = text;
  if (masked.includes('eyJ')) masked = masked.replace(SIGNED_TOKEN, '[redacted]');
  if (masked.includes('zoom')) masked = masked.replace(BARE_ZOOM_URL, (found) => pseudonyms.url(found));
  if (masked.includes('://')) masked = masked.replace(URL_LIKE, pseudonyms.url);
  if (masked.includes('@')) masked = masked.replace(EMAIL, pseudonyms.email);
  if (masked.includes('+')) masked = masked.replace(PHONE, pseudonyms.digits);
  if (DOTS_OR_COLONS.test(masked)) {
    masked = masked.replace(MAC, pseudonyms.mac);
    masked = masked.replace(IPV4, (found) => (isIPv4(found) ? pseudonyms.ip(found) : found));
    masked = masked.replace(IPV6, (found) => (isAddress(found) ? pseudonyms.ip(found) : found));
  }
  return masked;
};

/** The head of a JSON Web Token is `{"`, which is `eyJ` in base64 (RFC 7519). */
const SIGNED_TOKEN = /(?<![\w-])eyJ[\w-]{5,4096}(?:\.[\w-]{0,8192}){1,2}/g;
const URL_LIKE = /\b[a-z][a-z\d+.-]{1,20}:\/\/[^\s"'<>`]+/gi;
/** Lengths as RFC 5321, 4.5.3.1 has them. */
/** `us02web.zoom.us/j/123?pwd=…`, as people paste it. */
const BARE_ZOOM_URL = /(?<![\w./-])(?:[\w-]{1,63}\.){0,4}zoom(?:gov)?\.(?:us|com)\/[^\s"'<>`]+/gi;
const EMAIL = /[^\s@<>()[\]{},;:"'`|\\/]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){0,8}/gu;
/** E.164 has up to 15 digits. */
const PHONE = /(?<![\w+/=])\+\d(?:[ ().\u00A0-]{0,2}\d){6,14}(?![\w+/=])/g;
const MAC = /(?<![\da-f:-])(?:[\da-f]{2}[:-]){5}[\da-f]{2}(?![\da-f:-])/gi;
const IPV4 = /(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?!\d|\.\d)/g;
const IPV6 = /(?<![\w:.])[\da-f:]{3,39}(?:(?<=:)(?:\d{1,3}\.){3}\d{1,3})?(?![\w:])/gi;
const DOTS_OR_COLONS = /\d\.\d{1,3}\.|[\da-f]{0,4}[:-][\da-f]{0,4}[:-]/i;

/** `::` alone is punctuation, `::1` an address. */
const isAddress = (text: string): boolean => isIPv6(text) && /[\da-f]/i.test(text);
