import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { emptyFolder, runCli, startCli } from '../../support/run-cli.ts';
import { SOON } from '../../support/soon.ts';
import { isSigned, webhookHandler } from '../../support/webhook-handler.ts';
import { bodyOf, WEBHOOK_SECRET } from '../../support/zoom-webhook.ts';

const ENV = { ZOOM_WEBHOOK_SECRET_TOKEN: WEBHOOK_SECRET };

/** A folder with a recording of these events. */
const recorded = (bodies: readonly string[]): string => {
  const cwd = emptyFolder();
  writeFileSync(join(cwd, 'r.ndjson'), bodies.map((body) => `${body}\n`).join(''));
  return cwd;
};

const replayTo = (port: number | string, bodies: readonly string[], args: readonly string[] = [], env = ENV) => {
  const cwd = recorded(bodies);
  return { cwd, result: runCli(['replay', 'r.ndjson', '--forward-to', `${port}`, ...args], { cwd, env }) };
};

const BODIES = Array.from({ length: 20 }, (_, n) => bodyOf(n));

test('a handler gets each event in order, byte for byte, signed and labelled as Zoom does', async () => {
  const handler = await webhookHandler();
  const { result } = replayTo(`localhost:${handler.port}/hook?a=1`, BODIES, ['--meta']);
  const { status, stdout, stderr } = await result;
  expect([status, stdout.trim().split('\n').length]).toEqual([0, 20]);
  expect(handler.events.map(({ body }) => body)).toEqual(BODIES);
  expect(handler.events.every((hooked) => isSigned(hooked))).toBe(true);
  expect(handler.challenges).toHaveLength(1);
  const [first] = handler.events;
  expect(first?.url).toBe('/hook?a=1');
  expect(first?.headers).toMatchObject({
    'content-type': 'application/json; charset=utf-8',
    'user-agent': expect.stringMatching(/^Zoom Marketplace\/1\.0a \(zoom-ws\/\d/),
    'x-zoom-ws-attempt': '1',
    'x-zm-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
  });
  expect(stderr).toContain('20 delivered');
  expect(stderr).not.toContain(first?.headers['x-zm-signature'] ?? '?');
});

test('503 is tried again with the same request id and a fresh attempt number, 404 is final', async () => {
  const handler = await webhookHandler((_hooked, response, nth) => {
    response.statusCode = nth === 1 ? 503 : nth === 3 ? 404 : 200;
    response.end();
  });
  const { cwd, result } = replayTo(handler.port, BODIES.slice(0, 3), [
    ...['--record', 'out.ndjson', '--forward-failed', 'failed.ndjson'],
  ]);
  const { status, stderr } = await result;
  expect(status).toBe(1);
  expect(handler.events.map(({ headers }) => headers['x-zoom-ws-attempt'])).toEqual(['1', '2', '1', '1']);
  expect(handler.events[0]?.headers['x-zm-request-id']).toBe(handler.events[1]?.headers['x-zm-request-id']);
  expect(stderr).toContain('2 delivered, 1 of them retried, 1 given up');
  const record = readFileSync(join(cwd, 'out.ndjson'), 'utf8');
  expect(record).toMatch(/zoom_ws\.forward_failed.*"status":404,"attempts":1/);
  const again = await runCli(['replay', 'failed.ndjson'], { cwd });
  expect(again.stdout).toBe(`${BODIES[1]}\n`);
});

test('while nobody is there events wait, and none is given up', async () => {
  const gone = await webhookHandler();
  await gone.close();
  const cwd = recorded(BODIES);
  const args = ['replay', 'r.ndjson', '--lifecycle', '--forward-to', `${gone.port}`, '--forward-retries', '0'];
  const run = startCli(args, { cwd, env: ENV });
  await run.waitFor('stderr', /cannot be reached \(ECONNREFUSED\)/);
  const back = await webhookHandler(undefined, { port: gone.port });
  const { status, stdout } = await run.done;
  expect(status).toBe(0);
  expect(back.events.map(({ body }) => body)).toEqual(BODIES);
  expect(stdout).toContain('zoom_ws.forward_down');
  expect(stdout).toContain('zoom_ws.forward_up');
});

test('a bare port finds a handler that listens on ::1 alone', async () => {
  const handler = await webhookHandler(undefined, { host: '::1' });
  expect((await replayTo(handler.port, BODIES).result).status).toBe(0);
  expect(handler.events).toHaveLength(20);
});

test('several at a time, but those of one meeting one after another', async () => {
  let open = 0;
  let most = 0;
  const busy = new Set<string>();
  let clashes = 0;
  const handler = await webhookHandler((hooked, response) => {
    const { id } = JSON.parse(hooked.body).payload.object;
    open += 1;
    most = Math.max(most, open);
    if (busy.has(id)) clashes += 1;
    busy.add(id);
    setTimeout(() => {
      open -= 1;
      busy.delete(id);
      response.end();
    }, 5);
  });
  const bodies = Array.from({ length: 60 }, (_, n) => bodyOf(n % 10, `,"n":${n}`));
  const { status } = await replayTo(handler.port, bodies, ['--forward-concurrency', '4']).result;
  expect([status, most, clashes]).toEqual([0, 4, 0]);
  for (let meeting = 0; meeting < 10; meeting += 1) {
    const of = (list: readonly string[]) => list.filter((body) => body.includes(`"id":"${meeting}"`));
    expect(of(handler.events.map(({ body }) => body))).toEqual(of(bodies));
  }
});

test('a handler that hashes re-serialised JSON is told so, without the text around the character', async () => {
  const { createHmac } = await import('node:crypto');
  const handler = await webhookHandler(({ body, headers }, response) => {
    const again = JSON.stringify(JSON.parse(body));
    const text = `v0:${headers['x-zm-request-timestamp']}:${again}`;
    const digest = createHmac('sha256', WEBHOOK_SECRET).update(text).digest('hex');
    response.statusCode = headers['x-zm-signature'] === `v0=${digest}` ? 200 : 401;
    response.end();
  });
  const raw = await replayTo(handler.port, BODIES.slice(0, 2)).result;
  expect(raw.status).toBe(1);
  expect(raw.stderr).toContain('probably hashes re-serialised JSON');
  expect(raw.stderr).toContain('payload.object.topic, `\\u00e9` became `é`');
  expect(raw.stderr).toContain('--forward-body stringify');
  expect(raw.stderr).not.toContain('Caf');
  const stringified = await replayTo(handler.port, BODIES.slice(0, 2), ['--forward-body', 'stringify']).result;
  expect(stringified.status).toBe(0);
});

test('a wrong answer to the challenge is a warning that names the cause', async () => {
  const handler = await webhookHandler(undefined, { secret: 'another_secret_of_somebody' });
  const { stderr } = await replayTo(handler.port, BODIES.slice(0, 1)).result;
  expect(stderr).toContain('made with another secret');
  const silent = await replayTo(handler.port, BODIES.slice(0, 1), ['--no-forward-check']).result;
  expect(silent.stderr).not.toContain('another secret');
});

test('at the end of --forward-drain what waits is given up and recorded, with status 1', async () => {
  const handler = await webhookHandler(() => {});
  const { cwd, result } = replayTo(handler.port, BODIES, [
    ...['--forward-drain', '300ms', '--no-forward-check', '--forward-failed', 'failed.ndjson.gz'],
  ]);
  const { status, stderr } = await result;
  expect(status).toBe(1);
  expect(stderr).toContain('20 given up');
  expect((await runCli(['replay', 'failed.ndjson.gz'], { cwd })).stdout.trim().split('\n')).toEqual(BODIES);
});

test('tail --demo needs no secret, and says with which one it signs', async () => {
  const handler = await webhookHandler(undefined, { secret: 'simulated_secret_token' });
  const run = startCli(['tail', '--demo', '--forward-to', `${handler.port}`, '-n', '3']);
  const { status, stdout, stderr } = await run.done;
  expect(status).toBe(0);
  expect(stderr).toContain('export ZOOM_WEBHOOK_SECRET_TOKEN=simulated_secret_token');
  expect(handler.events.map(({ body }) => body)).toEqual(stdout.trim().split('\n'));
  expect(handler.events.every((hooked) => isSigned(hooked, 'simulated_secret_token'))).toBe(true);
});

test('listen hands on what it accepts, with the request id of Zoom', async () => {
  const { post, signedBy } = await import('../../support/zoom-webhook.ts');
  const handler = await webhookHandler();
  const run = startCli(['listen', '--port', '0', '--forward-to', `${handler.port}`], { env: ENV });
  const url = /(http:\S+)/.exec(await run.waitFor('stderr', /ready.*http\S+\n/))?.[1] ?? '';
  const body = bodyOf(1);
  await post(url, body, { ...signedBy(body), 'x-zm-request-id': 'request-1' });
  await vi.waitUntil(() => handler.events.length === 1, SOON);
  expect(handler.events[0]?.headers['x-zm-request-id']).toBe('request-1');
  run.child.kill('SIGTERM');
  expect((await run.done).status).toBe(0);
});

test.each([
  [['--forward-to', 'http://example.com/'], 'https://'],
  [['--forward-to', 'ftp://localhost/'], '--forward-to'],
  [['--forward-to', '3000/#x'], 'fragment'],
  [['--forward-to', 'http:///x'], '--forward-to'],
  [['--forward-to', '3000', '--forward-header', 'x-zm-signature: v0=1'], 'x-zm-signature'],
  [['--forward-to', '3000', '--forward-header', 'nonsense'], '--forward-header'],
  [['--forward-retries', '3'], '--forward-to'],
])('%j is refused with 2', async (args, names) => {
  const cwd = recorded(BODIES);
  const { status, stdout, stderr } = await runCli(['replay', 'r.ndjson', ...args], { cwd, env: ENV });
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr).toContain(names);
});

test('without any secret it is refused with 2, unless it is to be unsigned', async () => {
  const handler = await webhookHandler((_, response) => response.end());
  expect((await replayTo(handler.port, BODIES, [], {} as typeof ENV).result).status).toBe(2);
  const { status } = await replayTo(handler.port, BODIES, ['--forward-unsigned'], {} as typeof ENV).result;
  expect([status, handler.events.length]).toEqual([0, 20]);
  expect(handler.events[0]?.headers['x-zm-signature']).toBeUndefined();
});

test('credentials in the URL and header values reach the handler and no output', async () => {
  const handler = await webhookHandler((_, response) => response.end());
  const target = `http://user:pass-word@127.0.0.1:${handler.port}/`;
  const args = ['-v', '-v', '--forward-header', 'x-key: key-value-1'];
  const { stderr, stdout } = await replayTo(target, BODIES.slice(0, 1), args).result;
  expect(handler.events[0]?.headers).toMatchObject({
    authorization: `Basic ${Buffer.from('user:pass-word').toString('base64')}`,
    'x-key': 'key-value-1',
  });
  for (const secret of ['pass-word', 'key-value-1', WEBHOOK_SECRET]) expect(stderr + stdout).not.toContain(secret);
});
