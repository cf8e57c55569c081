import { expect, test } from 'vitest';
import { Secret } from '../../src/secret.ts';
import { challengeAnswer, challengeBody, encryptedToken } from '../../src/webhook/challenge.ts';
import { ageOf, isFresh } from '../../src/webhook/freshness.ts';
import { requestIdOf, signed } from '../../src/webhook/headers.ts';
import { looksLikeSignature, signatureOf, signerOf } from '../../src/webhook/signature.ts';

// Vectors computed independently, with openssl.
const SECRET = new Secret('wh_secret_token_example');
const AT = '1739923528';
const topic = (text: string) =>
  `{"event":"meeting.started","event_ts":1739923528123,"payload":{"account_id":"AAAAAA","object":{"id":"94498220792","topic":"${text}"}}}`;
const PLAIN = topic('Café – stand-up');
const ESCAPED = topic('Caf\\u00e9 \\u2013 stand-up');
const SIGNATURE_PLAIN = 'v0=632940c85636bdd18a54008f4c045e411bd2144c13aa0dcc0212bb1b2c0b884b';
const SIGNATURE_ESCAPED = 'v0=a9545998886d76908e86e14dfea46d6132e1f5e4f7571481a307201dc1ce7c64';

test.each([
  [PLAIN, SIGNATURE_PLAIN],
  [ESCAPED, SIGNATURE_ESCAPED],
])('the raw bytes are signed: %s', (body, expected) => {
  expect(signatureOf(SECRET, AT, body)).toBe(expected);
  expect(signatureOf(SECRET, AT, Buffer.from(body))).toBe(expected);
  expect(signed(SECRET, body, 1_739_923_528_999)['x-zm-signature']).toBe(expected);
});

test('the same JSON in another spelling does not match', () => {
  expect(signerOf([SECRET], SIGNATURE_ESCAPED, AT, Buffer.from(PLAIN))).toBeUndefined();
});

test('any of several secrets may match, and the one that did is known', () => {
  const other = new Secret('another');
  expect(signerOf([other, SECRET], SIGNATURE_PLAIN, AT, Buffer.from(PLAIN))).toBe(SECRET);
  expect(signerOf([other], SIGNATURE_PLAIN, AT, Buffer.from(PLAIN))).toBeUndefined();
});

test.each(['', 'v0=', SIGNATURE_PLAIN.toUpperCase(), `${SIGNATURE_PLAIN}, ${SIGNATURE_PLAIN}`, `${SIGNATURE_PLAIN}0`])(
  '%j is no signature',
  (header) => {
    expect(looksLikeSignature(header)).toBe(false);
    expect(signerOf([SECRET], header, AT, Buffer.from(PLAIN))).toBeUndefined();
  },
);

test('a challenge is answered with the HMAC of its token', () => {
  const encrypted = '6fc7bae260f8d722946acc32f0290a33d49a037be758009fd36bc4d9a9d9662b';
  expect(encryptedToken(SECRET, 'qgg8vlvZRS6UYooatFL8Aw')).toBe(encrypted);
  expect(JSON.parse(challengeAnswer(SECRET, 'qgg8vlvZRS6UYooatFL8Aw'))).toEqual({
    plainToken: 'qgg8vlvZRS6UYooatFL8Aw',
    encryptedToken: encrypted,
  });
  expect(challengeBody('qgg8vlvZRS6UYooatFL8Aw', 1_739_923_528_123)).toBe(
    '{"event":"endpoint.url_validation","event_ts":1739923528123,"payload":{"plainToken":"qgg8vlvZRS6UYooatFL8Aw"}}',
  );
});

test('an age counts in seconds of Unix time, and only where the header is one', () => {
  expect(ageOf('1739923528', 1_739_923_840_000)).toBe(312_000);
  for (const wrong of ['', '-1', '1e9', '1739923528123000', '1739923528, 1739923528', 'now'])
    expect(ageOf(wrong, 0)).toBeUndefined();
});

test('too old and too far ahead are refused, and 0 switches both limits off', () => {
  const hours = 3_600_000;
  expect(isFresh(2 * hours, 2 * hours)).toBe(true);
  expect(isFresh(2 * hours + 1, 2 * hours)).toBe(false);
  expect(isFresh(-300_000, 2 * hours)).toBe(true);
  expect(isFresh(-300_001, 2 * hours)).toBe(false);
  expect(isFresh(1000 * hours, 0)).toBe(true);
  expect(isFresh(-1000 * hours, 0)).toBe(true);
});

test('a request id is made of the event id alone', () => {
  expect(requestIdOf('0123456789abcdef')).toBe('01234567-89ab-4def-8000-0123456789ab');
});
