import { expect, test } from 'vitest';
import { explainSocketRefusal } from '../../src/zoom/socket-refusals.ts';

test.each([
  ['token is empty', 'token-empty'],
  ['Invalid Token', 'token-invalid'],
  ['Token is invalid', 'token-invalid'],
  ['Access token is expired.', 'token-expired'],
  ['subscription is invalid', 'subscription'],
  ['HTTP 404 at the upgrade', 'subscription'],
  ['HTTP 401 at the upgrade', 'token-invalid'],
  ['HTTP 403 at the upgrade', 'forbidden'],
  ['words that nobody has seen', 'unknown'],
])('%j is %s', (words, id) => {
  const refusal = explainSocketRefusal(words);
  expect(refusal.id).toBe(id);
  expect(refusal.hint).toMatch(/\.$/);
});
