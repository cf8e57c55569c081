import { createHash, randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Simulator, SimulatorOptions } from '../../../src/simulator/index.ts';
import { startZoom } from '../../support/zoom.ts';

const VERIFIER = randomBytes(48).toString('base64url');
const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url');
const BACK = 'http://127.0.0.1:4321';

const authorize = async ({ url, rules }: Simulator, more: Readonly<Record<string, string>> = {}) => {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: rules.publicClientId,
    redirect_uri: BACK,
    state: 'the-state',
    code_challenge: CHALLENGE,
    code_challenge_method: 'S256',
    ...more,
  });
  const answer = await fetch(`${url}/oauth/authorize?${query}`, { redirect: 'manual' });
  const location = answer.headers.get('location');
  return { status: answer.status, text: await answer.text(), back: location === null ? undefined : new URL(location) };
};

const ask = async ({ url, rules }: Simulator, path: string, form: Readonly<Record<string, string>>, basic?: string) => {
  const answer = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: basic === undefined ? {} : { authorization: `Basic ${Buffer.from(basic).toString('base64')}` },
    body: new URLSearchParams(basic === undefined ? { client_id: rules.publicClientId, ...form } : form),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, string> };
};

const token = (zoom: Simulator, form: Readonly<Record<string, string>>, basic?: string) =>
  ask(zoom, '/oauth/token', form, basic);

const codeOf = async (zoom: Simulator): Promise<string> => {
  const { back } = await authorize(zoom);
  return back?.searchParams.get('code') ?? '';
};

const exchange = async (zoom: Simulator, more: Readonly<Record<string, string>> = {}) =>
  token(zoom, {
    grant_type: 'authorization_code',
    code: await codeOf(zoom),
    redirect_uri: BACK,
    code_verifier: VERIFIER,
    ...more,
  });

const start = (rules: SimulatorOptions['rules'] = {}) => startZoom({ rules });

test('the browser comes back with a code and the state, and the code is good for one exchange', async () => {
  const zoom = await start();
  const { status, back } = await authorize(zoom);
  expect(status).toBe(302);
  expect(back?.origin).toBe(BACK);
  expect(back?.searchParams.get('state')).toBe('the-state');
  const code = back?.searchParams.get('code') ?? '';
  const first = await exchange(zoom, { code });
  expect(first).toMatchObject({ status: 200, body: { token_type: 'bearer', refresh_token: expect.any(String) } });
  const me = await fetch(`${zoom.url}/v2/users/me`, {
    headers: { authorization: `Bearer ${first.body.access_token}` },
  });
  expect(await me.json()).toMatchObject({ email: 'ada@example.com' });
  expect(await exchange(zoom, { code })).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
});

test.each([
  ['another verifier', { code_verifier: randomBytes(48).toString('base64url') }],
  ['no verifier', { code_verifier: '' }],
  ['another redirect address', { redirect_uri: 'http://127.0.0.1:4322' }],
  ['another code', { code: 'nobody-issued-this' }],
])('an exchange with %s is refused', async (_name, more) => {
  const zoom = await start();
  expect(await exchange(zoom, more)).toEqual({
    status: 400,
    body: { reason: 'Invalid authorization code', error: 'invalid_grant' },
  });
});

test('a code of the public client is worth nothing to the confidential one', async () => {
  const zoom = await start();
  const form = { grant_type: 'authorization_code', code: await codeOf(zoom), redirect_uri: BACK };
  const basic = `${zoom.rules.clientId}:${zoom.rules.clientSecret}`;
  expect(await token(zoom, { ...form, code_verifier: VERIFIER }, basic)).toMatchObject({ status: 400 });
});

test('the public client cannot have the tokens of the app', async () => {
  const zoom = await start();
  expect(await token(zoom, { grant_type: 'client_credentials' })).toMatchObject({
    status: 400,
    body: { error: 'invalid_client' },
  });
});

test('a refresh token is good once, and the new one after it', async () => {
  const zoom = await start();
  const { body } = await exchange(zoom);
  const refresh = (refresh_token = '') => token(zoom, { grant_type: 'refresh_token', refresh_token });
  const second = await refresh(body.refresh_token);
  expect(second.status).toBe(200);
  expect(await refresh(body.refresh_token)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  expect((await refresh(second.body.refresh_token)).status).toBe(200);
});

test('what is revoked is good for nothing', async () => {
  const zoom = await start();
  const { body } = await exchange(zoom);
  const revoked = await ask(zoom, '/oauth/revoke', { token: body.refresh_token ?? '' });
  expect(revoked).toEqual({ status: 200, body: { status: 'success' } });
  const me = await fetch(`${zoom.url}/v2/users/me`, { headers: { authorization: `Bearer ${body.access_token}` } });
  expect(me.status).toBe(401);
  const form = { grant_type: 'refresh_token', refresh_token: body.refresh_token ?? '' };
  expect((await token(zoom, form)).status).toBe(400);
});

test('an address that is not registered gets nothing', async () => {
  const zoom = await start({ redirectUris: ['http://127.0.0.1', 'https://example.com/back'] });
  const to = async (redirect_uri: string, client_id: string) =>
    (await authorize(zoom, { redirect_uri, client_id })).status;
  const { clientId, publicClientId } = zoom.rules;
  expect(await to('http://127.0.0.1:5000', publicClientId)).toBe(302);
  expect(await to('http://127.0.0.1:5000', clientId)).toBe(400);
  expect(await to('http://127.0.0.1.example.com:5000', publicClientId)).toBe(400);
  expect(await to('https://example.com/back', clientId)).toBe(302);
  expect(await to('https://example.com/other', clientId)).toBe(400);
});

test.each([
  ['of an unknown client', { client_id: 'nobody' }],
  ['for no code', { response_type: 'token' }],
  ['with a method that is unknown', { code_challenge_method: 'S512' }],
  ['back to no loopback', { redirect_uri: 'http://example.com' }],
])('a sign-in %s is refused', async (_name, more) => {
  expect((await authorize(await start(), more)).status).toBe(400);
});

test('who does not agree is sent back with a denial', async () => {
  const { back } = await authorize(await start({ consents: false }));
  expect(back?.searchParams.get('error')).toBe('access_denied');
  expect(back?.searchParams.get('code')).toBeNull();
});

test('a device waits until its code is typed elsewhere', async () => {
  const zoom = await start({ devicePollSeconds: 0 });
  const asked = await ask(zoom, '/oauth/devicecode', {});
  expect(asked.body).toMatchObject({ expires_in: 900, interval: 0, verification_uri: `${zoom.url}/oauth_device` });
  const grant_type = 'urn:ietf:params:oauth:grant-type:device_code';
  const poll = () => token(zoom, { grant_type, device_code: asked.body.device_code ?? '' });
  expect((await poll()).body).toMatchObject({ error: 'authorization_pending' });
  expect(await (await fetch(asked.body.verification_uri_complete ?? '')).text()).toContain('signed in');
  expect((await poll()).status).toBe(200);
  expect((await poll()).body).toMatchObject({ error: 'expired_token' });
});
