import { expect, onTestFinished, test } from 'vitest';
import type { Notice } from '../../src/notice/notice.ts';
import type { AppCredentials } from '../../src/oauth/credentials.ts';
import { createTokenKeeper } from '../../src/oauth/token-keeper.ts';
import { createSecretKeeper, Secret } from '../../src/secret.ts';
import { manualClock } from '../support/manual-clock.ts';
import { scriptedZoom } from '../support/scripted-zoom.ts';

const keeperOf = async (settings: Partial<AppCredentials> = {}) => {
  const clock = manualClock();
  const zoom = await scriptedZoom(clock);
  onTestFinished(zoom.close);
  const notices: Notice[] = [];
  const keeper = createTokenKeeper(
    {
      kind: 'app',
      grant: 'auto',
      accountId: undefined,
      clientId: 'client',
      clientSecret: new Secret('hidden-value'),
      place: 'the test',
      ...settings,
    },
    zoom.oauthUrl,
    {
      env: {},
      clock,
      secrets: createSecretKeeper(),
      signal: new AbortController().signal,
      notify: (notice) => notices.push(notice),
    },
  );
  return { clock, zoom, keeper, notices };
};

test('has one request in flight, and gives its answer to all who ask', async () => {
  const { keeper, zoom } = await keeperOf();
  const held = await Promise.all(Array.from({ length: 20 }, () => keeper.current()));
  expect(new Set(held.map(({ value }) => value)).size).toBe(1);
  expect(zoom.counts.tokenRequests).toBe(1);
  await keeper.current();
  expect(zoom.counts.tokenRequests).toBe(1);
});

test('a failure is told to all who asked, and the next one asks again', async () => {
  const { keeper, zoom } = await keeperOf();
  zoom.tokenScripts.push((_, response) => response.writeHead(500).end());
  const results = await Promise.allSettled([keeper.current(), keeper.current()]);
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect((await keeper.current()).value.reveal()).toBe('token-1');
  expect(zoom.counts.tokenRequests).toBe(2);
});

test.each([
  [0.01, 1],
  [1, 1],
  [2, 1.6],
  [10, 8],
  [600, 480],
  [1_499, 1_199.2],
  [1_500, 1_200],
  [1_501, 1_201],
  [3_600, 3_300],
  [86_400, 86_100],
])('a token of %i s is replaced after %d s', async (life, replacedAfter) => {
  const { keeper, zoom, clock } = await keeperOf();
  zoom.tokenLife = life;
  expect((await keeper.current()).renewAt).toBeCloseTo(replacedAfter * 1000);
  await clock.advance(replacedAfter * 1000 - 100);
  await keeper.current();
  expect(zoom.counts.tokenRequests).toBe(1);
  await clock.advance(100);
  await keeper.current();
  expect(zoom.counts.tokenRequests).toBe(2);
});

test('a rejected token is replaced; one that was replaced already is not held against the new one', async () => {
  const { keeper, zoom } = await keeperOf();
  const first = await keeper.current();
  keeper.reject(first.value);
  const second = await keeper.current();
  keeper.reject(first.value);
  expect(await keeper.current()).toEqual(second);
  expect(zoom.counts.tokenRequests).toBe(2);
});

const UNSUPPORTED = '{"reason":"unsupported grant type","error":"unsupported_grant_type"}';

test.each([['the-account', 'account_credentials', 'client_credentials']] as const)(
  'tries the other grant once and names the one that worked: with the account id %s',
  async (accountId, refused, worked) => {
    const { keeper, zoom, notices, clock } = await keeperOf({ accountId });
    const asked: string[] = [];
    const answer =
      (status: number, text: string): (typeof zoom.tokenScripts)[number] =>
      (request, response) => {
        request
          .setEncoding('utf8')
          .on('data', (body: string) => asked.push(new URLSearchParams(body).get('grant_type') ?? ''));
        response.writeHead(status).end(text);
      };
    zoom.tokenScripts.push(
      answer(400, UNSUPPORTED),
      answer(200, '{"access_token":"a","expires_in":10}'),
      answer(200, '{"access_token":"b","expires_in":10}'),
    );
    await keeper.current();
    expect(notices).toEqual([{ kind: 'grant-chosen', refused, worked }]);
    await clock.advance(10_000);
    await keeper.current();
    expect(asked).toEqual([refused, worked, worked]);
    expect(notices).toHaveLength(1);
  },
);

test.each([
  ['both grants are refused', { accountId: 'a' }, 2, /account_credentials/],
  ['there is no account id for the other one', {}, 1, /client_credentials/],
  [
    'the grant was chosen by the user',
    { accountId: 'a', grant: 'account_credentials' as const },
    1,
    /account_credentials/,
  ],
])('gives up with the first refusal where %s', async (_, settings, requests, words) => {
  const { keeper, zoom, notices } = await keeperOf(settings);
  const refuse: (typeof zoom.tokenScripts)[number] = (__, response) => response.writeHead(400).end(UNSUPPORTED);
  zoom.tokenScripts.push(refuse, refuse, refuse);
  await expect(keeper.current()).rejects.toMatchObject({ code: 'refused', message: expect.stringMatching(words) });
  expect(zoom.counts.tokenRequests).toBe(requests);
  expect(notices).toEqual([]);
});

test('any other refusal is no reason to try another grant', async () => {
  const { keeper, zoom } = await keeperOf({ accountId: 'a' });
  zoom.tokenScripts.push((_, response) =>
    response.writeHead(400).end('{"reason":"Bad Request","error":"invalid_request"}'),
  );
  await expect(keeper.current()).rejects.toMatchObject({ refusal: { id: 'wrong-account' } });
  expect(zoom.counts.tokenRequests).toBe(1);
});

test('a given token is kept, whatever is said of it, and never asked for', async () => {
  const token = new Secret('given');
  const clock = manualClock();
  const keeper = createTokenKeeper({ kind: 'token', token, place: '--access-token' }, 'http://127.0.0.1:1/', {
    env: {},
    clock,
    secrets: createSecretKeeper(),
    signal: new AbortController().signal,
    notify: () => {},
  });
  keeper.reject(token);
  expect(await keeper.current()).toEqual({
    value: token,
    renewAt: Number.POSITIVE_INFINITY,
    expiresAt: Number.POSITIVE_INFINITY,
  });
  expect(keeper.canRenew).toBe(false);
  expect(keeper.refusal('one', 'Invalid Token').message).toContain('--access-token');
});
