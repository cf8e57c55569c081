import { inspect } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createSecretKeeper, Secret } from '../src/secret.ts';

test('a secret prints as "[secret]" however it is printed', () => {
  const secret = new Secret('hunter2');
  expect([
    `${secret}`,
    String(secret),
    JSON.stringify({ secret }),
    inspect({ secret }),
    JSON.stringify([secret]),
  ]).toEqual(['[secret]', '[secret]', '{"secret":"[secret]"}', '{ secret: [secret] }', '["[secret]"]']);
  expect(Object.keys(secret)).toEqual([]);
  expect(secret.reveal()).toBe('hunter2');
});

const FORMS: readonly (readonly [string, (value: string) => string])[] = [
  ['as it is', (value) => value],
  ['in a URL', encodeURIComponent],
  ['in a URL, lower case', (value) => encodeURIComponent(value).replace(/%../g, (code) => code.toLowerCase())],
  ['in a form', (value) => new URLSearchParams({ a: value }).toString().slice(2)],
  ['in JSON', (value) => JSON.stringify(value).slice(1, -1)],
  ['in JSON inside JSON', (value) => JSON.stringify(JSON.stringify(value)).slice(3, -3)],
  ['in base64', (value) => Buffer.from(value).toString('base64')],
  ['in base64 without padding', (value) => Buffer.from(value).toString('base64').replace(/=+$/, '')],
  ['in capitals', (value) => value.replace(/[a-z]/g, (letter) => letter.toUpperCase())],
  ['in small letters', (value) => value.replace(/[A-Z]/g, (letter) => letter.toLowerCase())],
  ['in hex', (value) => Buffer.from(value).toString('hex')],
  ['in hex, in capitals', (value) => Buffer.from(value).toString('hex').toUpperCase()],
  ['in base64url', (value) => Buffer.from(value).toString('base64url')],
];

test.each(FORMS)('masks a secret %s, whatever it is made of', (_how, form) => {
  // Of a length and a kind that no message holds by chance.
  const secret = fc.string({ minLength: 12, unit: 'grapheme-ascii' }).filter((value) => value.trim().length >= 12);
  fc.assert(
    fc.property(secret, (value) => {
      const secrets = createSecretKeeper();
      secrets.keep(value);
      expect(secrets.mask(`before ${form(value)} after`)).toBe('before [secret] after');
    }),
  );
});

test('a secret inside a longer one leaves nothing standing', () => {
  const secrets = createSecretKeeper();
  secrets.keep('abcdefgh');
  secrets.keep('client:abcdefgh');
  expect(secrets.mask('x client:abcdefgh y abcdefgh')).toBe('x [secret] y [secret]');
});

test('signs with a meaning in regular expressions or replacements are nothing special', () => {
  const secrets = createSecretKeeper();
  secrets.keep('$&.*+?^$(){}|[]\\');
  expect(secrets.mask('a $&.*+?^$(){}|[]\\ b')).toBe('a [secret] b');
});

test('passing secrets are forgotten only after newer ones, lasting ones never', () => {
  const secrets = createSecretKeeper();
  secrets.keep('the-lasting-one');
  for (let n = 0; n < 100; n += 1) secrets.keep(`passing-token-${String(n).padStart(3, '0')}`, 'passing');
  expect(secrets.mask('the-lasting-one passing-token-099 passing-token-098')).toBe('[secret] [secret] [secret]');
});

test('keeps the case of what is around a secret, also beside letters that grow in lower case', () => {
  const secrets = createSecretKeeper();
  secrets.keep('Abc-Def-Ghi');
  expect(secrets.mask('İ Before ABC-DEF-GHI, After; İabc-def-ghiİ')).toBe('İ Before [secret], After; İ[secret]İ');
});
