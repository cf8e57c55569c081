import { expect, test } from 'vitest';
import type { WrittenName } from '../../src/config/written.ts';
import { wrongValues } from '../../src/config/wrong-values.ts';

const origin = { place: 'ZOOM_X in .env', rank: 2, source: 'working directory' } as const;
const look = (what: WrittenName, text: string) => wrongValues([{ what, text, origin }]);

test.each([
  'your_client_id',
  'YOUR-CLIENT-ID',
  'yourClientId',
  '<your client id>',
  '<client-id>',
  '[client id]',
  '{{CLIENT_ID}}',
  '$ZOOM_CLIENT_ID',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable that no shell has filled in
  '${ZOOM_CLIENT_ID}',
  '%ZOOM_CLIENT_ID%',
  'xxx',
  'XXXXXXXX',
  'xxxx-xxxx-xxxx',
  '***',
  '...',
  'changeme',
  'change_me',
  'CHANGE-ME',
  'replace_me',
  'TODO',
  'tbd',
  'paste_id_here',
  'insert-client-id-here',
  '"your_client_id"',
])('takes %j for a placeholder', (text) => {
  expect(look('client id', text)).toMatchObject([{ severity: 'fail', text: expect.stringContaining('placeholder') }]);
});

test.each(['example_client_id', 'client_id', 'ZOOM_CLIENT_ID', 'undefined', 'null'])('doubts %j', (text) => {
  expect(look('client id', text)).toMatchObject([{ severity: 'warn', text: expect.stringContaining('looks like') }]);
});

test.each([
  'test-client',
  'my-secret',
  'abc',
  'SimulatedClient00000001',
  'xK3fXxxxRq2mYour9Client',
  'MyTestApp_9dKs82LsKd92',
  'a1B2c3D4e5F6g7H8i9J0k1',
  'changeme4fG7hJ9kL2mN5pQ8',
  'Xy7changemeQ2w3e4r5t6y',
  'changeme-4fG7hJ9kL2mN5p',
  'your_9dKs82LsKd92QwErTy',
  'yourClientK3fX8Rq2mZ9aB',
])('takes %j for a real value', (text) => {
  expect(look('client id', text)).toEqual([]);
});

test.each([
  ['client id', "'abcdefghijklmnopqrstuv'", /quote/],
  ['client id', '“abcdefghijklmnopqrstuv”', /quote/],
  ['client secret', ' abcdefghijklmnopqrstuv', /white space/],
  ['client secret', 'abcdefghij klmnopqrstuv', /white space in it/],
  ['client secret', 'https://zoom.us/oauth/token', /is a URL/],
  ['account id', 'wss://ws.zoom.us/ws?subscriptionId=x', /is a URL/],
  ['client id', 'ZOOM_CLIENT_ID=abcdefghijklmnopqrstuv', /name of the variable/],
  ['client id', 'abcdefghijklmnopqrstuv,', /around it/],
  ['access token', 'Bearer eyJabc', /around it/],
  ['account id', '1234567890', /account number/],
] as const)('%s %j: %s', (what, text, expected) => {
  const [wrong, ...more] = look(what, text);
  expect(more).toEqual([]);
  expect(wrong?.text).toMatch(expected);
  expect(wrong?.hint).not.toBe('');
});

test('never quotes the value', () => {
  for (const text of ['"s3cret-s3cret"', ' s3cret-s3cret', 's3cret s3cret', 'https://s3cret-s3cret']) {
    expect(JSON.stringify(look('client secret', text))).not.toContain('s3cret');
  }
});

test('an endpoint URL is right where subscription ids go', () => {
  expect(look('subscription id', 'wss://ws.zoom.us/ws?subscriptionId=abc')).toEqual([]);
});
