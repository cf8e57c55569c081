// What is recorded of Zoom's wire, as rules. The fixtures were copied by hand from those records, in other ids, spaces and
// orders of keys than the simulator's; both must satisfy the same rules.
import { readFileSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import { type Simulator, type SimulatorOptions, startSimulator } from '../../src/simulator/index.ts';
import { systemClock } from '../../src/time/system-clock.ts';
import { certificate } from '../support/certificate.ts';
import { basic, connect, fetchToken, openSocket, socketUrl } from '../support/socket-client.ts';

let running: Simulator | undefined;
afterEach(() => running?.close());

const start = async (options: Partial<SimulatorOptions> = {}) => {
  running = await startSimulator({ clock: systemClock, random: Math.random, ...options });
  return running;
};

const refusedWith = (content: RegExp) => ({
  module: 'build_connection',
  success: false,
  content: expect.stringMatching(content),
  header: expect.any(Object),
});

const refusedToken = (reason: string, error: string) => ({ reason, error });

/** Each rule, under the name of its fixture. */
const RULES = {
  accepted: { module: 'build_connection', success: true, content: expect.any(String), header: expect.any(Object) },
  'refused-empty-token': refusedWith(/^token is empty$/),
  'refused-bad-token': refusedWith(/^(Invalid Token|Token is invalid)$/),
  heartbeat: { module: 'heartbeat', success: true, content: 'live', header: expect.any(Object) },
  message: { module: 'message', content: expect.any(String), header: expect.any(Object) },
  token: {
    access_token: expect.stringMatching(/^eyJ[\w-]*\.[\w-]+\.[\w-]+$/),
    token_type: 'bearer',
    expires_in: expect.toSatisfy((seconds: number) => seconds === 3600 || seconds === 3599),
    scope: expect.stringMatching(/^\S+( \S+)*$/),
  },
  'token-refused-client': refusedToken('Invalid client_id or client_secret', 'invalid_client'),
  'token-refused-account': refusedToken('Bad Request', 'invalid_request'),
  'token-refused-grant': refusedToken('unsupported grant type', 'unsupported_grant_type'),
  'api-refused': { code: 124, message: expect.stringMatching(/access token/i) },
} as const;

type Rule = keyof typeof RULES;

const holds = (rule: Rule, text: string) => {
  const frame = JSON.parse(text);
  // `api_url` is optional in the answer; everything else has exactly the recorded keys.
  const { api_url, ...rest } = frame;
  if (api_url !== undefined) expect(api_url).toMatch(/^https?:\/\/[^/]+$/);
  expect(rest).toEqual(RULES[rule]);
  if (rule === 'message') {
    const event = JSON.parse(frame.content);
    expect(event).toMatchObject({ event: expect.any(String), payload: { account_id: expect.any(String) } });
    // Milliseconds since 1970: thirteen digits in this century.
    expect(String(event.event_ts)).toMatch(/^\d{13}$/);
  }
};

test.each(Object.keys(RULES) as Rule[])('the records satisfy the rule: %s', (rule) => {
  const lines = readFileSync(new URL(`../fixtures/wire/${rule}.txt`, import.meta.url), 'utf8')
    .trim()
    .split('\n');
  for (const line of lines) holds(rule, line);
});

test('the socket opens, and then accepts, answers heartbeats and carries events', async () => {
  const simulator = await start();
  const client = await connect(simulator);
  holds('accepted', await client.frame(0));
  client.socket.send('{"module":"heartbeat"}');
  holds('heartbeat', await client.frame(1));
  simulator.send({ event: 'user.created', event_ts: 1_706_123_456_789, payload: { account_id: 'a' } });
  holds('message', await client.frame(2));
});

test.each([
  ['', 'refused-empty-token', {}],
  // The token must stand in the query: as a header it is ignored.
  ['', 'refused-empty-token', { authorization: 'Bearer TOKEN' }],
  ['wrong', 'refused-bad-token', {}],
] as const)(
  'the socket opens, refuses the token "%s" by a frame, and disconnects: %s',
  async (token, rule, headers) => {
    const simulator = await start();
    const good = await fetchToken(simulator);
    const given = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, value.replace('TOKEN', good)]),
    );
    const client = openSocket(socketUrl(simulator, token), given);
    holds(rule, await client.frame(0));
    await client.closed;
    expect(client.frames).toHaveLength(1);
  },
);

test('a subscription that does not exist is refused like a token', async () => {
  const simulator = await start();
  const client = openSocket(socketUrl(simulator, await fetchToken(simulator), 'wrong'));
  expect(JSON.parse(await client.frame(0))).toEqual(refusedWith(/./));
  await client.closed;
});

test('a new connection of a subscription displaces the one before it, and says so', async () => {
  const simulator = await start();
  const first = await connect(simulator);
  await connect(simulator);
  const { reason } = await first.closed;
  const told = first.frames.slice(1).map((frame) => JSON.parse(frame).content);
  expect([...told, reason]).toContain('Connected in another place');
});

const ask = async (
  simulator: Simulator,
  form: Record<string, string>,
  extra: { auth?: string; query?: string; type?: string } = {},
) => {
  const { settings } = simulator;
  const answer = await fetch(`${settings.ZOOM_OAUTH_URL}${extra.query ?? ''}`, {
    method: 'POST',
    headers: {
      ...(extra.auth !== '' && {
        authorization: extra.auth ?? basic(settings.ZOOM_CLIENT_ID, settings.ZOOM_CLIENT_SECRET),
      }),
      'content-type': extra.type ?? 'application/x-www-form-urlencoded',
    },
    body: new URLSearchParams(form).toString(),
  });
  expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
  return { status: answer.status, text: await answer.text() };
};

const S2S = { grant_type: 'account_credentials', account_id: 'SimulatedAccount0000001' };

test.each<[string, Record<string, string>, Parameters<typeof ask>[2], number, Rule]>([
  ['the account grant', S2S, {}, 200, 'token'],
  ['the client grant', { grant_type: 'client_credentials' }, {}, 200, 'token'],
  ['parameters in the query', {}, { query: `?${new URLSearchParams(S2S)}` }, 200, 'token'],
  ['a wrong secret', S2S, { auth: basic('SimulatedClient00000001', 'wrong') }, 400, 'token-refused-client'],
  ['no credentials', S2S, { auth: '' }, 400, 'token-refused-client'],
  ['a wrong account', { ...S2S, account_id: 'wrong' }, {}, 400, 'token-refused-account'],
  ['no account', { grant_type: 'account_credentials' }, {}, 400, 'token-refused-account'],
  ['no grant', {}, {}, 400, 'token-refused-grant'],
  ['an unknown grant', { grant_type: 'password' }, {}, 400, 'token-refused-grant'],
  ['a JSON body', S2S, { type: 'application/json' }, 400, 'token-refused-grant'],
])('the token endpoint answers as recorded: %s', async (_what, form, extra, status, rule) => {
  const answer = await ask(await start(), form, extra);
  expect(answer.status).toBe(status);
  holds(rule, answer.text);
});

test('the token endpoint refuses a grant that the app may not use', async () => {
  const simulator = await start({ rules: { grants: ['client_credentials'] } });
  const { status, text } = await ask(simulator, S2S);
  expect(status).toBe(400);
  holds('token-refused-grant', text);
  expect((await ask(simulator, { grant_type: 'client_credentials' })).status).toBe(200);
});

test('the life of a token is told in whole seconds', async () => {
  const simulator = await start({ rules: { tokenTtlMs: 90_500 } });
  expect(JSON.parse((await ask(simulator, S2S)).text).expires_in).toBe(90);
});

test('the API knows a good token, and refuses a bad one with 401 and code 124', async () => {
  const simulator = await start();
  const me = (token: string) =>
    fetch(`${simulator.settings.ZOOM_API_URL}/users/me`, { headers: { authorization: `Bearer ${token}` } });
  const good = await me(await fetchToken(simulator));
  expect([good.status, await good.json()]).toMatchObject([200, { account_id: simulator.rules.accountId }]);
  const bad = await me('wrong');
  expect(bad.status).toBe(401);
  holds('api-refused', await bad.text());
  const { text } = await ask(simulator, { grant_type: 'client_credentials' });
  const client = await me(JSON.parse(text).access_token);
  expect([client.status, await client.json()]).toMatchObject([
    400,
    { message: expect.stringMatching(/client credentials/) },
  ]);
});

test('speaks https and wss with a certificate of one’s own', async () => {
  const simulator = await start({ tls: certificate });
  expect(simulator.settings.ZOOM_WS_URL).toMatch(/^wss:/);
  const client = openSocket(socketUrl(simulator, 'wrong'));
  holds('refused-bad-token', await client.frame(0));
  await client.closed;
});
