import { isUtf8 } from 'node:buffer';
import type { IncomingHttpHeaders } from 'node:http';
import type { Secret } from '../../secret.ts';
import type { EpochMs } from '../../time/clock.ts';
import { CHALLENGE } from '../../webhook/challenge.ts';
import { ageOf, isFresh } from '../../webhook/freshness.ts';
import { SIGNATURE, TIMESTAMP } from '../../webhook/headers.ts';
import { isSame, looksLikeSignature, signerOf } from '../../webhook/signature.ts';
import type { WebhookOptions } from './options.ts';

/** Why a request was refused, as lifecycle events name it. */
export type Reason =
  | 'path'
  | 'method'
  | 'too-large'
  | 'encoding'
  | 'no-signature'
  | 'malformed-signature'
  | 'wrong-signature'
  | 'too-old'
  | 'from-the-future'
  | 'required-header'
  | 'not-utf8'
  | 'not-an-event'
  | 'malformed-challenge'
  | 'broken-http'
  | 'too-slow'
  | 'headers-too-large';

export type Verdict =
  | { readonly kind: 'refused'; readonly status: 400 | 401; readonly reason: Reason }
  | { readonly kind: 'challenge'; readonly signer: Secret; readonly plainToken: string }
  /** `ageMs`: by the header of the sender. */
  | { readonly kind: 'event'; readonly type: string; readonly ageMs: number };

type Judge = Pick<WebhookOptions, 'secrets' | 'requiredHeaders' | 'maxAgeMs'> & {
  /** Whether a challenge is our own, on its way through the public URL: it has none of the other headers. */
  readonly isOurs: (plainToken: string) => boolean;
};

/** Judges a request that was received whole: who sent it, when, and what it is. The signature comes first. */
export const judge = (headers: IncomingHttpHeaders, body: Buffer, now: EpochMs, rules: Judge): Verdict => {
  const signature = headers[SIGNATURE];
  const timestamp = headers[TIMESTAMP];
  if (signature === undefined || timestamp === undefined) return refused(401, 'no-signature');
  // Repeated headers come joined by commas, and are malformed.
  if (typeof signature !== 'string' || typeof timestamp !== 'string' || !looksLikeSignature(signature))
    return refused(401, 'malformed-signature');
  const ageMs = ageOf(timestamp, now);
  if (ageMs === undefined) return refused(401, 'malformed-signature');
  const signer = signerOf(rules.secrets, signature, timestamp, body);
  if (signer === undefined) return refused(401, 'wrong-signature');
  if (!isFresh(ageMs, rules.maxAgeMs)) return refused(401, ageMs < 0 ? 'from-the-future' : 'too-old');
  const content = contentOf(body);
  const isOwn = content.kind === 'challenge' && rules.isOurs(content.plainToken);
  if (!isOwn && !hasAll(headers, rules.requiredHeaders)) return refused(401, 'required-header');
  switch (content.kind) {
    case 'challenge':
      return { ...content, signer };
    case 'event':
      return { ...content, ageMs };
    default:
      return refused(400, content.reason);
  }
};

const refused = (status: 400 | 401, reason: Reason): Verdict => ({ kind: 'refused', status, reason });

const hasAll = (headers: IncomingHttpHeaders, required: WebhookOptions['requiredHeaders']): boolean =>
  required.every(({ name, value }) => {
    const given = headers[name];
    return typeof given === 'string' && isSame(value.reveal(), given);
  });

type Content =
  | { readonly kind: 'event'; readonly type: string }
  | { readonly kind: 'challenge'; readonly plainToken: string }
  | { readonly kind: 'none'; readonly reason: Reason };

const BYTE_ORDER_MARK = 0xef;

const contentOf = (body: Buffer): Content => {
  if (!isUtf8(body)) return { kind: 'none', reason: 'not-utf8' };
  const value = body[0] === BYTE_ORDER_MARK ? undefined : parse(body);
  if (value === undefined || typeof value.event !== 'string') return { kind: 'none', reason: 'not-an-event' };
  if (value.event !== CHALLENGE) return { kind: 'event', type: value.event };
  const { payload } = value;
  const plainToken = typeof payload === 'object' && payload !== null && 'plainToken' in payload && payload.plainToken;
  return typeof plainToken === 'string'
    ? { kind: 'challenge', plainToken }
    : { kind: 'none', reason: 'malformed-challenge' };
};

const parse = (body: Buffer): { readonly [key: string]: unknown } | undefined => {
  try {
    const value: unknown = JSON.parse(body.toString());
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
};
