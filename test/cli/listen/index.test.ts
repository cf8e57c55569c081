import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { certificate } from '../../support/certificate.ts';
import { emptyFolder, runCli, startCli } from '../../support/run-cli.ts';
import { SOON } from '../../support/soon.ts';
import { bodyOf, post, signedBy, WEBHOOK_SECRET } from '../../support/zoom-webhook.ts';

const ENV = { ZOOM_WEBHOOK_SECRET_TOKEN: WEBHOOK_SECRET };

const listen = async (args: readonly string[] = [], options: Parameters<typeof startCli>[1] = {}) => {
  const run = startCli(['listen', '--port', '0', ...args], { env: ENV, ...options });
  onTestFinished(() => void run.child.kill('SIGKILL'));
  const said = await run.waitFor('stderr', /ready: .*http/);
  const url = /ready: .*(https?:\/\/[^/\s]+)/.exec(said)?.[1] ?? '';
  const end = async (signal: NodeJS.Signals = 'SIGTERM') => {
    run.child.kill(signal);
    return run.done;
  };
  return { ...run, url, end };
};

test('a signed event comes out byte for byte, once, and is answered with an empty 200', async () => {
  const { url, waitFor, end } = await listen();
  const body = bodyOf(1);
  const answer = await post(`${url}/webhook?a=1`, body);
  expect([answer.status, await answer.text()]).toEqual([200, '']);
  await waitFor('stdout', /\n/);
  expect((await post(url, body)).status).toBe(200);
  const { status, stdout, stderr } = await end();
  expect(stdout).toBe(`${body}\n`);
  expect(status).toBe(0);
  expect(stderr).toContain('first event: meeting.started');
  expect(stderr).toContain('1 repeat');
  expect(stderr).not.toContain(WEBHOOK_SECRET);
});

test('each refusal has its answer, reaches no output, and is told by its reason without the signature', async () => {
  const { url, end } = await listen(['--path', '/hook', '--max-body', '2kB', '--lifecycle']);
  const body = bodyOf(1);
  const good = signedBy(body);
  const without = ({ 'x-zm-signature': _, ...rest }: Record<string, string>) => rest;
  const large = bodyOf(1, `,"x":"${'a'.repeat(3_000)}"`);
  const latin = Buffer.from('{"event":"a","x":"\xe9"}', 'latin1');
  const marked = Buffer.from('\ufeff{"event":"a"}');
  const answers: [expected: number, Promise<Response>][] = [
    [404, post(`${url}/other`, body)],
    [405, fetch(`${url}/hook`)],
    [413, post(`${url}/hook`, large)],
    [415, post(`${url}/hook`, body, { ...good, 'content-encoding': 'gzip' })],
    [401, post(`${url}/hook`, body, without(good))],
    [401, post(`${url}/hook`, body, { ...good, 'x-zm-signature': good['x-zm-signature']?.toUpperCase() ?? '' })],
    [401, post(`${url}/hook`, body, signedBy(body, { secret: 'another_secret' }))],
    [401, post(`${url}/hook`, body, signedBy(body, { ageMs: 2 * 3_600_000 + 5_000 }))],
    [401, post(`${url}/hook`, body, signedBy(body, { ageMs: -310_000 }))],
    [400, post(`${url}/hook`, latin)],
    [400, post(`${url}/hook`, marked)],
    [400, post(`${url}/hook`, '[]')],
    [400, post(`${url}/hook`, '{"event":1}')],
    [400, post(`${url}/hook`, '{"event":"endpoint.url_validation","payload":{}}')],
  ];
  for (const [expected, answer] of answers) expect((await answer).status).toBe(expected);
  expect((await fetch(`${url}/hook`)).headers.get('allow')).toBe('POST');
  const { stdout, stderr } = await end();
  const events = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(events.every(({ event }) => event.startsWith('zoom_ws.'))).toBe(true);
  const refused = events.filter(({ event }) => event === 'zoom_ws.refused').map(({ payload }) => payload.object);
  expect(refused.reduce((sum, { count }) => sum + count, 0)).toBe(answers.length + 1);
  expect(events.at(0).event).toBe('zoom_ws.listening');
  expect(events.at(-1).event).toBe('zoom_ws.stopped');
  expect(stderr).toContain('a wrong signature');
  expect(stderr).toContain('another path');
  expect(stderr).not.toContain(good['x-zm-signature']);
});

test('a challenge is answered with the secret that signed it, and never emitted', async () => {
  const { url, end } = await listen([], { env: { ZOOM_WEBHOOK_SECRET_TOKEN: '', ZOOM_SECRET_TOKEN: WEBHOOK_SECRET } });
  const body = '{"payload":{"plainToken":"qgg8vlvZRS6UYooatFL8Aw"},"event":"endpoint.url_validation"}';
  const answer = await post(url, body);
  expect(answer.headers.get('content-type')).toBe('application/json');
  expect(await answer.json()).toEqual({
    plainToken: 'qgg8vlvZRS6UYooatFL8Aw',
    encryptedToken: '6fc7bae260f8d722946acc32f0290a33d49a037be758009fd36bc4d9a9d9662b',
  });
  const { stdout, stderr } = await end();
  expect(stdout).toBe('');
  expect(stderr).toContain('Zoom has validated this endpoint');
});

test('_meta names the webhook and the request id, and a valid old request makes the clock suspicious', async () => {
  const { url, waitFor, end } = await listen(['--meta']);
  const body = bodyOf(1);
  await post(url, body, { ...signedBy(body, { ageMs: 312_000 }), 'x-zm-request-id': 'request-1' });
  const { _meta } = JSON.parse(await waitFor('stdout', /\n/));
  expect(_meta).toMatchObject({ subscription: 'webhook', seq: 1, request_id: 'request-1' });
  expect((await end()).stderr).toMatch(/valid, but 31[23] s old/);
});

test('every required header must match, and the verification token is one of them', async () => {
  const { url, end } = await listen(['--require-header', 'X-Team: red'], {
    env: { ...ENV, ZOOM_VERIFICATION_TOKEN: 'legacy_token' },
  });
  const body = bodyOf(1);
  const all = { ...signedBy(body), authorization: 'legacy_token', 'x-team': 'red' };
  expect((await post(url, body, { ...all, authorization: 'other' })).status).toBe(401);
  expect((await post(url, body, { ...all, 'x-team': 'blue' })).status).toBe(401);
  expect((await post(url, body, all)).status).toBe(200);
  expect((await end()).stdout).toBe(`${body}\n`);
});

test('health needs no secret, and can be switched off', async () => {
  const first = await listen();
  expect((await fetch(`${first.url}/healthz`)).status).toBe(200);
  expect((await fetch(`${first.url}/healthz`, { method: 'HEAD' })).status).toBe(200);
  const second = await listen(['--health-path', '']);
  expect((await fetch(`${second.url}/healthz`)).status).toBe(405);
});

test('a queue that is full answers 503 with Retry-After, still answers challenges, and takes the retry', async () => {
  const { child, url, end, stdout } = await listen(['--queue', '2', '--lifecycle']);
  child.stdout.pause();
  const filler = `,"x":"${'a'.repeat(200_000)}"`;
  let sent = 0;
  await vi.waitUntil(async () => {
    sent += 1;
    return (await post(url, bodyOf(sent, filler))).status === 503;
  }, SOON);
  const refused = await post(url, bodyOf(sent, filler));
  expect(refused.headers.get('retry-after')).toBe('60');
  expect((await fetch(`${url}/healthz`)).status).toBe(503);
  const challenge = '{"event":"endpoint.url_validation","payload":{"plainToken":"t"}}';
  expect((await post(url, challenge)).status).toBe(200);
  child.stdout.resume();
  await vi.waitUntil(async () => (await post(url, bodyOf(sent, filler))).status === 200, SOON);
  await vi.waitUntil(() => stdout().includes('zoom_ws.busy'), SOON);
  const { stdout: all } = await end();
  const ids = all
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
    .filter(({ event }) => event === 'meeting.started');
  expect(ids.map(({ payload }) => Number(payload.object.id))).toEqual(Array.from({ length: sent }, (_, n) => n + 1));
});

test('with --ack recorded an event is in the file when its 200 comes, kill -9 or not', async () => {
  const cwd = emptyFolder();
  const { child, url, done } = await listen(['--record', 'hooks.ndjson.gz', '--ack', 'recorded'], { cwd });
  const accepted: string[] = [];
  let isOver = false;
  const load = async (worker: number) => {
    for (let n = 0; !isOver; n += 1) {
      const body = bodyOf(worker * 1_000_000 + n);
      const answer = await post(url, body).catch(() => undefined);
      if (answer?.status === 200) accepted.push(body);
    }
  };
  const workers = [1, 2, 3, 4].map(load);
  await vi.waitUntil(() => accepted.length > 200, SOON);
  child.kill('SIGKILL');
  await done;
  isOver = true;
  await Promise.all(workers);
  const { stdout } = await runCli(['replay', 'hooks.ndjson.gz'], { cwd });
  const lines = new Set(stdout.split('\n'));
  expect(accepted.filter((body) => !lines.has(body))).toEqual([]);
});

test('with --ack recorded what the filters drop is answered at once, and repeats are recorded once', async () => {
  const cwd = emptyFolder();
  const args = ['--record', 'hooks.ndjson', '--ack', 'recorded', '--event', 'meeting.started'];
  const { url, end } = await listen(args, { cwd });
  const other = '{"event":"user.created","payload":{"object":{}}}';
  const answers = await Promise.all([
    post(url, other),
    post(url, bodyOf(1)),
    post(url, bodyOf(1)),
    post(url, bodyOf(1)),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  const text = readFileSync(join(cwd, 'hooks.ndjson'), 'utf8');
  expect(text.split('\n').filter((line) => line.includes('meeting.started'))).toHaveLength(1);
  expect((await end()).stdout).toBe(`${bodyOf(1)}\n`);
});

test.skipIf(process.platform !== 'linux')(
  'a recording that cannot be written is answered 503, and ends the run with 1',
  async () => {
    const { url, done } = await listen(['--record', '/dev/full', '--ack', 'recorded']);
    expect((await post(url, bodyOf(1)).catch(() => ({ status: 503 }))).status).toBe(503);
    expect((await done).status).toBe(1);
  },
);

test('TLS is spoken with the given pair, and a new pair is used without a restart', async () => {
  const cwd = emptyFolder();
  writeFileSync(join(cwd, 'cert.pem'), certificate.cert);
  writeFileSync(join(cwd, 'key.pem'), certificate.key);
  const { url, waitFor, end } = await listen(['--tls-cert', 'cert.pem', '--tls-key', 'key.pem'], { cwd });
  expect(url).toMatch(/^https:/);
  writeFileSync(join(cwd, 'cert.pem'), 'nonsense');
  await waitFor('stderr', /the old ones stay/);
  writeFileSync(join(cwd, 'cert.pem'), `${certificate.cert}\n`);
  await waitFor('stderr', /the new TLS certificate is in use/);
  expect((await end()).status).toBe(0);
});

test.each([
  [['listen'], {}, 'webhook secret'],
  [['listen', '--ack', 'recorded'], ENV, '--record'],
  [['listen', '--path', '/healthz'], ENV, '--health-path'],
  [['listen', '--tls-cert', 'x'], ENV, '--tls-key'],
  [['listen', '--tls-cert', 'x', '--tls-key', 'y'], ENV, '--tls-cert'],
  [['listen', '--public-url', 'http://example.com/'], ENV, '--public-url'],
  [['listen', '--public-url', 'https://192.0.2.1/'], ENV, '--public-url'],
  [['listen', '--require-header', 'nonsense'], ENV, '--require-header'],
  [['listen', '--max-body', '0'], ENV, '--max-body'],
  [['listen', '--port', '70000'], ENV, '--port'],
  [['listen'], { ZOOM_WEBHOOK_SECRET_TOKEN: 'your_secret_token' }, 'placeholder'],
])('%j is refused with 2 before anything listens', async (args, env, names) => {
  const { status, stdout, stderr } = await runCli(args, { env });
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr).toContain(names);
});

test('a port in use is exit 1 and named, and --for alone ends with 0', async () => {
  const { url } = await listen();
  const { port } = new URL(url);
  const second = await runCli(['listen', '--port', port], { env: ENV });
  expect(second.status).toBe(1);
  expect(second.stderr).toContain(`Port ${port} on 127.0.0.1 is in use`);
  const args = ['listen', '--port', '0', '--for', '100ms'];
  expect((await runCli(args, { env: ENV })).status).toBe(0);
  expect((await runCli([...args, '-n', '1'], { env: ENV })).status).toBe(124);
});

test('a retry with another download token is a repeat', async () => {
  const { url, end } = await listen();
  const withToken = (token: string) => `{"event":"recording.completed","payload":{},"download_token":"${token}"}`;
  expect((await post(url, withToken('one'))).status).toBe(200);
  expect((await post(url, withToken('two'))).status).toBe(200);
  expect((await end()).stdout).toBe(`${withToken('one')}\n`);
});
