import { execFileSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { CHECK_IDS } from '../../src/doctor/check.ts';
import type { Simulator } from '../../src/simulator/index.ts';
import {
  answering,
  closeAll,
  connectProxy,
  deadPort,
  examine,
  type Report,
  type ReportedCheck,
  selfSigned,
  simulator,
} from '../support/doctor-world.ts';
import { emptyFolder } from '../support/run-cli.ts';

afterEach(closeAll);

const SECRET = 'S3cret-Of-This-Test-0123456789ab';
const QUICK = ['--yes', '--wait', '300ms'];

/** A healthy set-up, on which each row breaks one thing. */
const healthy = async (rules: Partial<Simulator['rules']> = {}): Promise<{ zoom: Simulator; env: Env }> => {
  const zoom = await simulator({ rules: { clientSecret: SECRET, ...rules } });
  return { zoom, env: zoom.settings };
};

type Env = Readonly<Record<string, string>>;
type Situation = {
  readonly env: Env;
  readonly args?: readonly string[];
  readonly cwd?: string;
  /** Something that happens while doctor runs. */
  readonly meanwhile?: () => Promise<void>;
};
type Row = {
  readonly when: string;
  readonly make: () => Promise<Situation>;
  readonly id: string;
  readonly status: ReportedCheck['status'];
  /** Words of the detail and of the hint. */
  readonly says: RegExp;
  readonly hint: RegExp;
  /** Checks that are skipped for it. */
  readonly skipped?: readonly string[];
};

const SOCKET_CHECKS = CHECK_IDS.slice(CHECK_IDS.indexOf('socket.accepted'));
const AFTER_ACCEPTED = SOCKET_CHECKS.slice(1);
const AFTER_TOKEN = ['api.probe', ...SOCKET_CHECKS];
const AFTER_SETTINGS = CHECK_IDS.slice(CHECK_IDS.indexOf('network.oauth'));

const event = (type: string, at: number, topic = 'Private topic') =>
  JSON.stringify({ event: type, event_ts: at, payload: { account_id: 'A', object: { id: at, topic } } });

/** Does something as soon as doctor is connected. */
const once = (zoom: Simulator, work: () => unknown) => async (): Promise<void> => {
  await zoom.connected();
  await work();
};

/** A row in which the token endpoint answers as scripted. */
const tokenRow = (
  when: string,
  body: string | object,
  says: RegExp,
  hint: RegExp,
  status = 400,
  more: Env = {},
): Row => ({
  when,
  id: 'oauth.token',
  status: 'fail',
  says,
  hint,
  skipped: AFTER_TOKEN,
  async make() {
    const { env } = await healthy();
    const url = await answering({
      status,
      body,
      headers: { 'x-zm-trackingid': 'v=2.0;tid=1', date: new Date().toUTCString() },
    });
    return { env: { ...env, ZOOM_OAUTH_URL: `${url}/oauth/token`, ...more } };
  },
});

/** A row in which a setting has another value. */
const settingRow = (when: string, change: Env, status: 'fail' | 'warn', says: RegExp, hint: RegExp): Row => ({
  when,
  id: 'setup.settings',
  status,
  says,
  hint,
  ...(status === 'fail' && { skipped: AFTER_SETTINGS }),
  make: async () => ({ env: { ...(await healthy()).env, ...change } }),
});

/** A row in which the socket refuses. */
const refusalRow = (
  when: string,
  rules: Partial<Simulator['rules']>,
  change: Env,
  says: RegExp,
  hint: RegExp,
): Row => ({
  when,
  id: 'socket.accepted',
  status: 'fail',
  says,
  hint,
  skipped: AFTER_ACCEPTED,
  make: async () => ({ env: { ...(await healthy(rules)).env, ...change } }),
});

const apiRow = (
  when: string,
  answer: { readonly status: number; readonly body: string | object },
  status: 'fail' | 'warn',
  says: RegExp,
  hint: RegExp,
): Row => ({
  when,
  id: 'api.probe',
  status,
  says,
  hint,
  make: async () => ({ env: { ...(await healthy()).env, ZOOM_API_URL: `${await answering(answer)}/v2` } }),
});

/** A row in which events come while doctor listens. */
const eventsRow = (id: string, events: () => readonly string[], says: RegExp, hint: RegExp): Row => ({
  when: `events make ${id} worth a word`,
  id,
  status: 'warn',
  says,
  hint,
  async make() {
    const { zoom, env } = await healthy();
    return { env, meanwhile: once(zoom, () => zoom.send(events())) };
  },
});

const HTML = '<!DOCTYPE html>\n<html><title>Sign in to Acme Wi-Fi</title></html>';

const ROWS: readonly Row[] = [
  {
    when: 'nothing is set',
    id: 'setup.settings',
    status: 'fail',
    says: /client id .* is missing[\s\S]*client secret .* is missing[\s\S]*subscription id .* is missing/,
    hint: /App Credentials.*Event Subscriptions/,
    skipped: AFTER_SETTINGS,
    make: async () => ({ env: {} }),
  },
  {
    when: 'the file of --dotenv is missing',
    id: 'setup.settings',
    status: 'fail',
    says: /"nowhere\.env" cannot be read/,
    hint: /Correct/,
    skipped: AFTER_SETTINGS,
    make: async () => ({ env: (await healthy()).env, args: ['--dotenv', 'nowhere.env'] }),
  },
  settingRow(
    'a client id is a placeholder',
    { ZOOM_CLIENT_ID: 'your_client_id' },
    'fail',
    /client id .*placeholder/,
    /App Credentials, Client ID/,
  ),
  settingRow(
    'a secret is a placeholder',
    { ZOOM_CLIENT_SECRET: '<client secret>' },
    'fail',
    /client secret .*placeholder/,
    /Client Secret/,
  ),
  settingRow(
    'a subscription id is a placeholder',
    { ZOOM_SUBSCRIPTION_ID: 'xxx' },
    'fail',
    /subscription id .*placeholder/,
    /Event Subscriptions/,
  ),
  settingRow(
    'a value has quotes',
    { ZOOM_CLIENT_ID: '"SimulatedClient00000001"' },
    'fail',
    /client id .*quote/,
    /Remove the quotes/,
  ),
  settingRow(
    'a secret ends in a space',
    { ZOOM_CLIENT_SECRET: `${SECRET} ` },
    'fail',
    /client secret .*white space/,
    /Remove the spaces/,
  ),
  settingRow(
    'an account id is a URL',
    { ZOOM_ACCOUNT_ID: 'wss://ws.zoom.us/ws?subscriptionId=a' },
    'fail',
    /account id .*is a URL/,
    /ZOOM_SUBSCRIPTION_ID/,
  ),
  settingRow(
    'the client id stands in for the secret',
    { ZOOM_CLIENT_SECRET: 'SimulatedClient00000001' },
    'fail',
    /are the same/,
    /App Credentials/,
  ),
  settingRow(
    'id and secret are swapped',
    { ZOOM_CLIENT_ID: 'a'.repeat(32), ZOOM_CLIENT_SECRET: 'b'.repeat(22) },
    'warn',
    /look swapped/,
    /swap them back/,
  ),
  settingRow('a grant does not exist', { ZOOM_GRANT: 'password' }, 'fail', /ZOOM_GRANT .*expected auto/, /Correct/),
  {
    when: 'the secret stands on the command line',
    id: 'setup.settings',
    status: 'warn',
    says: /--client-secret on the command line can be seen/,
    hint: /\.env/,
    make: async () => ({ env: (await healthy()).env, args: ['--client-secret', SECRET] }),
  },
  {
    when: 'others can read .env',
    id: 'setup.env-file',
    status: 'warn',
    says: /\.env can be read by others \(mode 0644\)/,
    hint: /chmod 600 \.env/,
    make: async () => ({ env: (await healthy()).env, cwd: folderWithEnv(0o644) }),
  },
  {
    when: 'git tracks .env',
    id: 'setup.env-file',
    status: 'warn',
    says: /\.env is tracked by git/,
    hint: /git rm --cached .*Regenerate/,
    async make() {
      const cwd = folderWithEnv(0o600);
      execFileSync('git', ['init', '-q'], { cwd });
      execFileSync('git', ['add', '.env'], { cwd });
      return { env: (await healthy()).env, cwd };
    },
  },
  {
    when: 'DNS does not know the token endpoint',
    id: 'network.oauth',
    status: 'fail',
    says: /zoom-ws-test\.invalid: DNS failed/,
    hint: /DNS/,
    skipped: ['oauth.token', 'oauth.clock', ...AFTER_TOKEN],
    make: async () => ({
      env: { ...(await healthy()).env, ZOOM_OAUTH_URL: 'https://zoom-ws-test.invalid/oauth/token' },
    }),
  },
  {
    when: 'nothing listens at the token endpoint',
    id: 'network.oauth',
    status: 'fail',
    says: /TCP failed: .*ECONNREFUSED/,
    hint: /Nothing listens there/,
    skipped: ['oauth.token', 'oauth.clock', ...AFTER_TOKEN],
    make: async () => ({
      env: { ...(await healthy()).env, ZOOM_OAUTH_URL: `http://127.0.0.1:${await deadPort()}/oauth/token` },
    }),
  },
  {
    when: 'the token endpoint does not speak TLS',
    id: 'network.oauth',
    status: 'fail',
    says: /TLS failed/,
    hint: /does not speak TLS|TLS cannot be set up|cut/,
    skipped: ['oauth.token', 'oauth.clock', ...AFTER_TOKEN],
    async make() {
      const { zoom, env } = await healthy();
      return { env: { ...env, ZOOM_OAUTH_URL: `${zoom.url.replace('http:', 'https:')}/oauth/token` } };
    },
  },
  {
    when: 'the proxy wants a password',
    id: 'network.oauth',
    status: 'fail',
    says: /proxy failed: it answered 407/,
    hint: /user name and password/,
    skipped: ['oauth.token', 'oauth.clock', ...AFTER_TOKEN],
    async make() {
      const { url } = await connectProxy(407);
      return {
        env: { ...(await healthy()).env, ZOOM_OAUTH_URL: 'https://zoom-ws-test.invalid/oauth/token', HTTPS_PROXY: url },
      };
    },
  },
  {
    when: 'the proxy does not let the host through',
    id: 'network.oauth',
    status: 'fail',
    says: /proxy failed: it answered 403/,
    hint: /NO_PROXY/,
    skipped: ['oauth.token', 'oauth.clock', ...AFTER_TOKEN],
    async make() {
      const { url } = await connectProxy(403);
      return {
        env: { ...(await healthy()).env, ZOOM_OAUTH_URL: 'https://zoom-ws-test.invalid/oauth/token', HTTPS_PROXY: url },
      };
    },
  },
  {
    when: 'the client secret is wrong',
    id: 'oauth.token',
    status: 'fail',
    says: /client id or the client secret is wrong.*Invalid client_id or client_secret.*ZOOM_CLIENT_SECRET in the environment/,
    hint: /App Credentials: are they swapped/,
    skipped: AFTER_TOKEN,
    make: async () => ({ env: { ...(await healthy()).env, ZOOM_CLIENT_SECRET: 'another-secret-altogether' } }),
  },
  {
    when: 'the account id is wrong',
    id: 'oauth.token',
    status: 'fail',
    says: /account id is probably wrong/,
    hint: /Copy the account id/,
    skipped: AFTER_TOKEN,
    make: async () => ({ env: { ...(await healthy()).env, ZOOM_ACCOUNT_ID: 'AnotherAccount' } }),
  },
  {
    when: 'the app is of another kind',
    id: 'oauth.token',
    status: 'fail',
    says: /grant is not supported for this kind of app/,
    hint: /Server-to-Server OAuth app needs --grant account_credentials/,
    skipped: AFTER_TOKEN,
    make: async () => ({
      env: { ...(await healthy({ grants: ['account_credentials'] })).env, ZOOM_GRANT: 'client_credentials' },
    }),
  },
  tokenRow(
    'the app is not activated',
    { reason: 'The app has been disabled', error: 'invalid_request' },
    /app is not activated.*Tracking id.*tid=1/,
    /Activation/,
  ),
  tokenRow(
    'the token request lacks scopes',
    { reason: 'Invalid scope', error: 'invalid_scope' },
    /lacks scopes/,
    /Scopes; then activate/,
  ),
  tokenRow(
    'Zoom refuses in unknown words',
    { reason: 'Computer says no', error: 'strange' },
    /"Computer says no \(strange\)"/,
    /App Credentials/,
    401,
  ),
  tokenRow('Zoom has trouble', { reason: 'oops' }, /answered 500/, /status\.zoom\.us/, 500),
  tokenRow('there were too many requests', {}, /answered 429/, /Too many requests/, 429),
  tokenRow(
    'a login page answers instead of Zoom',
    HTML,
    /expected JSON with an access_token, saw "<!DOCTYPE html>"/,
    /proxy or a login page/,
    200,
  ),
  tokenRow(
    'the answer has no token in it',
    { token_type: 'bearer' },
    /expected JSON with an access_token/,
    /ZOOM_OAUTH_URL/,
    200,
  ),
  {
    when: 'the clock is a minute off',
    id: 'oauth.clock',
    status: 'warn',
    says: /(59s|1m( 1s)?) behind/,
    hint: /timedatectl/,
    make: async () => ({ env: (await healthy({ dateSkewMs: 60_000 })).env }),
  },
  {
    when: 'the clock is ten minutes off, and the token refused',
    id: 'oauth.clock',
    status: 'fail',
    says: /10m( 1s)? ahead of/,
    hint: /Set the clock/,
    make: async () => ({
      env: { ...(await healthy({ dateSkewMs: -600_000 })).env, ZOOM_CLIENT_SECRET: 'wrong-wrong-wrong' },
    }),
  },
  apiRow(
    'the API does not know the token',
    { status: 401, body: { code: 124, message: 'Invalid access token.' } },
    'fail',
    /answered 401, code 124 "Invalid access token\."/,
    /another program/,
  ),
  apiRow(
    'the app lacks the scope of the probe',
    {
      status: 400,
      body: { code: 4711, message: 'Invalid access token, does not contain scopes:[user:read:user:admin].' },
    },
    'warn',
    /4711/,
    /Scopes, user:read:user:admin/,
  ),
  apiRow(
    'the probe is not for this kind of app',
    { status: 404, body: { code: 1001, message: 'User does not exist: me.' } },
    'warn',
    /1001/,
    /no obstacle/,
  ),
  apiRow(
    'a denial hides in a success',
    { status: 200, body: { code: 200, message: 'You do not have the right permissions.' } },
    'warn',
    /right permissions/,
    /no obstacle/,
  ),
  apiRow(
    'HTML comes instead of the API',
    { status: 200, body: HTML },
    'fail',
    /expected JSON, saw "<!DOCTYPE html>"/,
    /login page/,
  ),
  apiRow('the API has trouble', { status: 503, body: '' }, 'fail', /answered 503/, /status\.zoom\.us/),
  {
    when: 'the subscription id is the client id',
    id: 'subscription.url',
    status: 'fail',
    says: /this is the client id/,
    hint: /endpoint URL/,
    skipped: ['network.socket', ...SOCKET_CHECKS],
    make: async () => ({ env: { ...(await healthy()).env, ZOOM_SUBSCRIPTION_ID: 'SimulatedClient00000001' } }),
  },
  {
    when: 'the socket URL is that of the API',
    id: 'subscription.url',
    status: 'fail',
    says: /api\.zoom\.us is the API/,
    hint: /method WebSocket/,
    skipped: ['network.socket', ...SOCKET_CHECKS],
    make: async () => ({ env: { ...(await healthy()).env, ZOOM_WS_URL: 'wss://api.zoom.us/ws' } }),
  },
  {
    when: 'nothing listens at the socket',
    id: 'network.socket',
    status: 'fail',
    says: /ECONNREFUSED/,
    hint: /Nothing listens there/,
    skipped: SOCKET_CHECKS,
    make: async () => ({ env: { ...(await healthy()).env, ZOOM_WS_URL: `ws://127.0.0.1:${await deadPort()}/ws` } }),
  },
  refusalRow(
    'the socket saw no token',
    { invalidTokenText: 'token is empty' },
    { ZOOM_ACCESS_TOKEN: 'a-token-of-nobody' },
    /"token is empty"/,
    /takes the query off/,
  ),
  refusalRow(
    'the socket refuses the token (2023)',
    { invalidTokenText: 'Invalid Token' },
    { ZOOM_ACCESS_TOKEN: 'a-token-of-nobody' },
    /"Invalid Token"/,
    /another app or account/,
  ),
  refusalRow(
    'the socket refuses the token (2025)',
    {},
    { ZOOM_ACCESS_TOKEN: 'a-token-of-nobody' },
    /"Token is invalid"/,
    /another app or account/,
  ),
  refusalRow(
    'the subscription does not exist',
    {},
    { ZOOM_SUBSCRIPTION_ID: 'NoSuchSubscription' },
    /subscription is invalid/,
    /endpoint URL/,
  ),
  refusalRow(
    'the socket refuses in unknown words',
    { badSubscriptionText: 'Nope \u001b[31m' },
    { ZOOM_SUBSCRIPTION_ID: 'NoSuchSubscription' },
    /"Nope \\u001b\[31m"/,
    /same app/,
  ),
  refusalRow(
    'the upgrade is answered 404',
    { badSubscriptionStatus: 404 },
    { ZOOM_SUBSCRIPTION_ID: 'NoSuchSubscription' },
    /HTTP 404 at the upgrade/,
    /endpoint URL/,
  ),
  refusalRow('the upgrade is answered 403', { upgradeStatus: 403 }, {}, /HTTP 403 at the upgrade/, /method WebSocket/),
  refusalRow('the upgrade is answered 503', { upgradeStatus: 503 }, {}, /answered 503/, /status\.zoom\.us/),
  refusalRow(
    'something else answers the upgrade',
    { upgradeStatus: 200 },
    {},
    /answered 200/,
    /proxy answers instead of Zoom/,
  ),
  {
    when: 'heartbeats are not answered',
    id: 'socket.heartbeat',
    status: 'fail',
    says: /no answer to a heartbeat within 250ms/,
    hint: /half dead/,
    make: async () => ({
      env: (await healthy({ heartbeatsAnswered: false })).env,
      args: ['--heartbeat-timeout', '250ms'],
    }),
  },
  {
    when: 'another client takes the subscription',
    id: 'socket.exclusive',
    status: 'fail',
    says: /displaced .* after connecting: .*"Connected in another place"/,
    hint: /Find the other client/,
    skipped: ['socket.reconnect', 'events.duplicates', 'events.order', 'events.lag'],
    async make() {
      const { zoom, env } = await healthy();
      return { env, meanwhile: once(zoom, () => zoom.fault('displace')) };
    },
  },
  {
    when: 'the connection breaks while listening',
    id: 'socket.exclusive',
    status: 'warn',
    says: /did not hold/,
    hint: /another consumer/,
    async make() {
      const { zoom, env } = await healthy();
      return { env, meanwhile: once(zoom, () => zoom.fault('drop')) };
    },
  },
  {
    when: 'reconnecting fails',
    id: 'socket.reconnect',
    status: 'fail',
    says: /could not be had again: .*answered 503/,
    hint: /status\.zoom\.us/,
    async make() {
      const { zoom, env } = await healthy();
      const meanwhile = once(zoom, () => {
        zoom.rules.upgradeStatus = 503;
      });
      return { env, meanwhile };
    },
  },
  eventsRow(
    'events.duplicates',
    () => Array(2).fill(event('meeting.started', Date.now())),
    /1 of 2 events is an exact repeat/,
    /idempotent/,
  ),
  eventsRow(
    'events.order',
    () => [event('meeting.ended', Date.now()), event('meeting.started', Date.now() - 900)],
    /1 of 2 events came out of order/,
    /event_ts/,
  ),
  eventsRow('events.lag', () => [event('meeting.started', Date.now() - 7_200_000)], /the latest 2h/, /event_ts/),
  {
    when: 'events look late only because the clock of this machine is ahead',
    id: 'events.lag',
    status: 'pass',
    says: /corrected for the clock/,
    hint: /^$/,
    async make() {
      const { zoom, env } = await healthy({ dateSkewMs: -60_000 });
      return { env, meanwhile: once(zoom, () => zoom.send(event('meeting.started', Date.now() - 60_000))) };
    },
  },
  {
    when: 'no event comes',
    id: 'events.received',
    status: 'warn',
    says: /connected, but no event came in 300ms/,
    hint: /start and end a meeting.*Add Events/,
    skipped: ['events.duplicates', 'events.order', 'events.lag'],
    make: async () => ({ env: (await healthy()).env }),
  },
  {
    when: 'only events of other types come',
    id: 'events.received',
    status: 'warn',
    says: /no event of --event meeting.started in 300ms, but others: user\.created 1/,
    hint: /Select the event type/,
    async make() {
      const { zoom, env } = await healthy();
      const meanwhile = once(zoom, () => zoom.send(event('user.created', Date.now())));
      return { env, args: ['--event', 'meeting.started'], meanwhile };
    },
  },
];

const folderWithEnv = (mode: number): string => {
  const cwd = emptyFolder();
  writeFileSync(join(cwd, '.env'), `ZOOM_CLIENT_SECRET=${SECRET}\n`);
  chmodSync(join(cwd, '.env'), mode);
  return cwd;
};

const secretsIn = ({ stdout, stderr }: Report): boolean =>
  [SECRET, 'Private topic'].some((text) => `${stdout}${stderr}`.includes(text));

test.each(ROWS)('$id is $status when $when', async ({ make, id, status, says, hint, skipped = [] }) => {
  const { env, args = [], cwd, meanwhile } = await make();
  const happening = meanwhile?.();
  const report = await examine([...QUICK, ...args], env, cwd === undefined ? {} : { cwd });
  await happening;
  expect(report.check(id)).toMatchObject({
    status,
    detail: expect.stringMatching(says),
    hint: expect.stringMatching(hint),
  });
  expect(report.of('skip')).toEqual(expect.arrayContaining([...skipped]));
  for (const skip of skipped) expect(report.check(skip).detail).not.toBe('');
  expect(report.ok).toBe(report.of('fail').length === 0);
  expect(report.status).toBe(report.ok ? 0 : 1);
  const hints = report.of('fail').map((failed) => report.check(failed).hint);
  expect(hints.length === 0 || hints.some((one) => report.verdict.includes(`Next: ${one}`))).toBe(true);
  expect(secretsIn(report)).toBe(false);
});

const certificate = selfSigned('zoom-ws-test.invalid');
const local = selfSigned('localhost');

test.skipIf(!local)('names who signed the certificate when somebody re-signs TLS', async () => {
  const { env } = await healthy();
  const inspected = await simulator({ tls: { key: local?.key ?? '', cert: local?.cert ?? '' } });
  const port = new URL(inspected.url).port;
  const report = await examine(QUICK, { ...env, ZOOM_OAUTH_URL: `https://localhost:${port}/oauth/token` });
  expect(report.check('network.oauth')).toMatchObject({
    status: 'fail',
    detail: expect.stringMatching(/TLS failed: DEPTH_ZERO_SELF_SIGNED_CERT.*signed by "Acme Inspection CA, Acme Corp"/),
    hint: expect.stringMatching(/NODE_EXTRA_CA_CERTS=/),
  });
  expect(report.check('oauth.token').detail).toBe('not run, because network.oauth failed');
  expect(inspected.heard.tokenRequests).toEqual([]);
});

test.skipIf(!certificate)('goes through a CONNECT proxy, shows its host and never its password', async () => {
  const tls = { key: certificate?.key ?? '', cert: certificate?.cert ?? '' };
  const zoom = await simulator({ tls });
  const proxy = await connectProxy(200, Number(new URL(zoom.url).port));
  const env = {
    ...zoom.settings,
    ZOOM_OAUTH_URL: 'https://zoom-ws-test.invalid/oauth/token',
    ZOOM_API_URL: 'https://zoom-ws-test.invalid/v2',
    ZOOM_WS_URL: 'wss://zoom-ws-test.invalid/ws',
    NODE_EXTRA_CA_CERTS: certificate?.path ?? '',
    HTTPS_PROXY: proxy.url.replace('http://', 'http://user:proxy-password@'),
  };
  const report = await examine(QUICK, env);
  expect(report.of('fail')).toEqual([]);
  expect(report.check('network.oauth').detail).toContain(`through the proxy ${new URL(proxy.url).host}`);
  expect(report.check('network.oauth').detail).toContain('Acme Inspection CA');
  expect(report.check('socket.accepted').status).toBe('pass');
  expect(proxy.asked[0]).toMatch(/^zoom-ws-test\.invalid:443 Basic /);
  expect(report.stdout).not.toContain('proxy-password');
});
