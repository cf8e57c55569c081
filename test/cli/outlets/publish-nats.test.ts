import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { hasNats, startNats } from '../../support/nats-server.ts';
import { readStream } from '../../support/read-stream.ts';
import { emptyFolder, runCli } from '../../support/run-cli.ts';
import { readyTail, startZoom, tail } from '../../support/zoom.ts';

const withNats = test.skipIf(!hasNats);
const event = (n: number) =>
  `{"event":"meeting.started","event_ts":${1_700_000_000_000 + n},"payload":{"object":{"n":${n}}}}`;
const numbersOf = (messages: readonly { readonly subject: string; readonly text: string }[]) =>
  messages
    .filter(({ subject }) => subject === 'zoom.meeting.started')
    .map(({ text }) => (JSON.parse(text) as { payload: { object: { n: number } } }).payload.object.n);
const upTo = (count: number) => Array.from({ length: count }, (_, n) => n);
const newState = () => ({ XDG_STATE_HOME: emptyFolder() });
const CREATE = ['--to-create'];

withNats('publishes each event once, as Zoom sent it, and leaves stdout empty', async () => {
  const nats = await startNats();
  const zoom = await startZoom();
  const run = await readyTail(zoom, ['--to', `${nats.url}/ZOOM`, ...CREATE, '-n', '3'], { env: newState() });
  zoom.send([event(0), event(1), event(1), event(2)]);
  const { status, stdout, stderr } = await run.done;
  expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
  expect(stderr).toContain('made the stream ZOOM');
  expect(stderr).toMatch(/4 published, 0 already there, nothing waiting, 0 refused/);
  const messages = await readStream(nats.url, 'ZOOM');
  expect(messages.map(({ subject }) => subject)).toEqual([
    'zoom.zoom_ws.connected',
    ...['zoom.meeting.started', 'zoom.meeting.started', 'zoom.meeting.started'],
  ]);
  expect(messages[1]?.text).toBe(event(0));
  expect(messages[1]?.id).toMatch(/^[\da-f]{16}$/);
  expect(messages[1]?.header('Nats-Expected-Stream')).toBe('ZOOM');
  expect(messages[1]?.header('Zoom-Ws-Subscription')).toBe('SimulatedSubscription01');
  expect(messages[1]?.header('Zoom-Ws-Received-At')).toMatch(/^\d{4}-.*Z$/);
});

withNats('with -o, stdout gets the events too, and the id is that of --meta', async () => {
  const nats = await startNats();
  const zoom = await startZoom();
  const args = ['--to', `${nats.url}/ZOOM`, ...CREATE, '-o', 'ndjson', '--meta', '-n', '1'];
  const run = await readyTail(zoom, args, { env: newState() });
  zoom.send([event(0)]);
  const { stdout } = await run.done;
  const [, stored] = await readStream(nats.url, 'ZOOM');
  expect((JSON.parse(stdout) as { _meta: { id: string } })._meta.id).toBe(stored?.id);
});

withNats('nothing is lost or repeated when the server is killed and comes back', async () => {
  const nats = await startNats();
  const zoom = await startZoom();
  const run = await readyTail(zoom, ['--to', `${nats.url}/ZOOM`, ...CREATE], { env: newState() });
  zoom.send(upTo(200).map(event));
  await expect.poll(async () => numbersOf(await readStream(nats.url, 'ZOOM')).length).toBe(200);
  nats.kill('SIGKILL');
  await run.waitFor('stderr', /not publishing: /);
  zoom.send(upTo(400).slice(200).map(event));
  await nats.restart();
  await run.waitFor('stderr', /publishing to .* again after/);
  await expect.poll(async () => numbersOf(await readStream(nats.url, 'ZOOM'))).toEqual(upTo(400));
  run.child.kill('SIGTERM');
  expect((await run.done).status).toBe(0);
});

withNats('what a killed publisher had in its spool is published by the next one, once', async () => {
  const nats = await startNats();
  const zoom = await startZoom();
  const env = newState();
  const args = ['--to', `${nats.url}/ZOOM`, ...CREATE];
  const first = await readyTail(zoom, args, { env });
  zoom.send(upTo(50).map(event));
  await expect.poll(async () => numbersOf(await readStream(nats.url, 'ZOOM')).length).toBe(50);
  nats.kill('SIGKILL');
  await first.waitFor('stderr', /not publishing: /);
  zoom.send(upTo(100).slice(50).map(event));
  const spool = () =>
    readdirSync(env.XDG_STATE_HOME, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ndjson'));
  await expect
    .poll(() =>
      spool()
        .map((name) => readFileSync(join(env.XDG_STATE_HOME, name), 'utf8'))
        .join(''),
    )
    .toContain('"n":99}');
  first.child.kill('SIGKILL');
  await first.done;
  await nats.restart();
  const second = await readyTail(zoom, args, { env });
  zoom.send(upTo(110).slice(100).map(event));
  await expect.poll(async () => numbersOf(await readStream(nats.url, 'ZOOM'))).toEqual(upTo(110));
  second.child.kill('SIGTERM');
  await second.done;
});

withNats('two publishers with a subscription each store each event once', async () => {
  const nats = await startNats();
  const zoom = await startZoom();
  const args = ['--to', `${nats.url}/ZOOM`, ...CREATE];
  const one = await readyTail(zoom, args, { env: newState() });
  const other = tail(zoom, args, { env: { ...newState(), ZOOM_SUBSCRIPTION_ID: 'SimulatedSubscription02' } });
  await other.waitFor('stderr', /ready/);
  zoom.send(upTo(300).map(event));
  await expect
    .poll(async () => numbersOf(await readStream(nats.url, 'ZOOM')).toSorted((a, b) => a - b))
    .toEqual(upTo(300));
  for (const run of [one, other]) run.child.kill('SIGTERM');
  const ends = await Promise.all([one.done, other.done]);
  const counts = ends.map(
    ({ stderr }) => /(\d+) published, (\d+) already there/.exec(stderr)?.slice(1).map(Number) ?? [],
  );
  // Two of them are each publisher's own zoom_ws.connected.
  expect(counts.reduce((sum, [published = 0]) => sum + published, 0)).toBe(302);
  expect(counts.reduce((sum, [, known = 0]) => sum + known, 0)).toBe(300);
});

withNats(
  'a destination that is away holds nothing up; what waits is exit 1 after --for, and is published by the next run',
  async () => {
    const nats = await startNats();
    nats.kill('SIGKILL');
    const zoom = await startZoom();
    const env = newState();
    const run = await readyTail(zoom, ['--to', `${nats.url}/ZOOM`, '-n', '2'], { env });
    zoom.send([event(0), event(1)]);
    const { status, stderr } = await run.done;
    expect(status).toBe(1);
    expect(stderr).toMatch(/0 published, 0 already there, \d+ bytes waiting/);
    await nats.restart();
    const next = await readyTail(zoom, ['--to', `${nats.url}/ZOOM`, ...CREATE, '-n', '1'], { env });
    zoom.send([event(2)]);
    expect((await next.done).status).toBe(0);
    expect(numbersOf(await readStream(nats.url, 'ZOOM'))).toEqual([0, 1, 2]);
  },
);

withNats(
  'an event beyond the server’s limit goes compressed; one that is still too large is kept and told',
  async () => {
    const nats = await startNats('max_payload: 4096');
    const zoom = await startZoom();
    const env = newState();
    const run = await readyTail(zoom, ['--to', `${nats.url}/ZOOM`, ...CREATE, '-n', '2'], { env });
    const noise = Array.from({ length: 6_000 }, () => Math.random().toString(36).slice(2, 3)).join('');
    const large = `{"event":"a.large","x":"${'x'.repeat(20_000)}"}`;
    zoom.send([large, `{"event":"a.noise","x":"${noise}"}`]);
    const { status, stderr } = await run.done;
    expect(status).toBe(1);
    expect(stderr).toMatch(/does not take event [\da-f]{16} \(\d+ bytes\): it is larger/);
    const stored = (await readStream(nats.url, 'ZOOM')).find(({ subject }) => subject === 'zoom.a.large');
    expect(stored?.header('Content-Encoding')).toBe('gzip');
    const [kept] = readdirSync(env.XDG_STATE_HOME, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('refused.ndjson'),
    );
    expect(readFileSync(join(env.XDG_STATE_HOME, kept ?? ''), 'utf8')).toContain('a.noise');
  },
);

const USERS = `authorization { users = [
  { user: ann, password: secret-of-ann },
  { user: bob, password: secret-of-bob, permissions: { publish: ["$JS.API.>"], subscribe: ">" } }
] }`;

withNats.each([
  ['no such stream', '/ZOOM', [], 'no stream "ZOOM"'],
  ['a wrong password', '/ZOOM', ['ann:wrong'], 'refused the credentials'],
  ['no permission to publish', '/ZOOM', ['bob:secret-of-bob'], 'does not permit'],
  ['subjects of another stream', '/ZOOM?subject=other', ['ann:secret-of-ann'], 'belong to no stream'],
])('%s is exit 3 before Zoom is connected', async (_what, path, [login = 'ann:secret-of-ann'], words) => {
  const nats = await startNats(USERS);
  const zoom = await startZoom();
  const to = `nats://${login}@127.0.0.1:${nats.port}${path}`;
  if (words !== 'no stream "ZOOM"') {
    const made = await readyTail(
      zoom,
      ['--to', `nats://ann:secret-of-ann@127.0.0.1:${nats.port}/ZOOM`, ...CREATE, '-n', '1'],
      { env: newState() },
    );
    zoom.send([event(0)]);
    await made.done;
  }
  const before = zoom.state().clients.length;
  const { status, stderr } = await tail(zoom, ['--to', to], { env: newState() }).done;
  expect(stderr).toContain(words);
  expect(stderr).not.toMatch(/secret-of|wrong@|ready/);
  expect(status).toBe(3);
  expect(zoom.state().clients.length).toBe(before);
});

withNats('a second process with the same subscriptions and destination is exit 1', async () => {
  const nats = await startNats();
  const zoom = await startZoom();
  const env = newState();
  const args = ['--to', `${nats.url}/ZOOM`, ...CREATE];
  const first = await readyTail(zoom, args, { env });
  await first.waitFor('stderr', /ready/);
  const second = await tail(zoom, args, { env }).done;
  expect(second.stderr).toContain('Another process publishes');
  expect(second.status).toBe(1);
});

withNats('a recording fills in what is missing, and nothing twice', async () => {
  const nats = await startNats();
  const input = upTo(1_500)
    .map((n) => `${event(n)}\n`)
    .join('');
  const args = ['replay', '-', '--to', `${nats.url}/ZOOM`, ...CREATE];
  const first = await runCli(args, { input: input.slice(0, input.length / 2) });
  expect(first.status).toBe(0);
  const second = await runCli(args, { input });
  expect(second.stderr).toMatch(/1500 events read[\s\S]*\b7\d\d already there/);
  expect(numbersOf(await readStream(nats.url, 'ZOOM'))).toEqual(upTo(1_500));
});

test.each([
  [['--to', 'nats://127.0.0.1/ZOOM', '--redact'], '--redact-key'],
  [['--to', 'nats://127.0.0.1/ZOOM', '--demo'], '--demo'],
  [['--to', 'ftp://127.0.0.1/ZOOM'], 'expected nats://host/STREAM'],
  [['--spool', '/tmp/x'], 'expected --to <url> beside it'],
])('%j is exit 2', async (args, words) => {
  const zoom = await startZoom();
  const { status, stderr } = await tail(zoom, args, { env: newState() }).done;
  expect(stderr).toContain(words);
  expect(status).toBe(2);
});
