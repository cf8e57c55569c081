import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { hasPostgres, type PostgresServer, startPostgres } from '../../support/postgres-server.ts';
import { emptyFolder, runCli } from '../../support/run-cli.ts';
import { readyTail, startZoom, tail } from '../../support/zoom.ts';

const hasPsql = spawnSync('psql', ['--version']).status === 0;
const withPostgres = test.skipIf(!hasPostgres || !hasPsql);
const newState = () => ({ XDG_STATE_HOME: emptyFolder() });
const event = (n: number) =>
  `{"event":"meeting.started","event_ts":${1_700_000_000_000 + n},"payload":{"object":{"n":${n}}}}`;
const upTo = (count: number) => Array.from({ length: count }, (_, n) => n);

const ask = ({ folder, port, user }: PostgresServer, sql: string): string => {
  const args = ['-h', folder, '-p', String(port), '-U', user, '-At', '-c', sql, 'events'];
  const { stdout, stderr, status } = spawnSync('psql', args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return stdout.trimEnd();
};

withPostgres('each event is a row, its body byte for byte, also with NUL escapes and lone surrogates', async () => {
  const server = await startPostgres();
  const zoom = await startZoom();
  const odd = '{"event":"odd.one","event_ts":1e300, "payload":{"b":1,"a":2,"a":3,"t":"\\u0000 \\ud800 é"}}';
  const run = await readyTail(zoom, ['--to', server.url, '--to-create', '-n', '2'], { env: newState() });
  zoom.send([event(7), odd]);
  const { status, stdout, stderr } = await run.done;
  expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
  expect(stderr).toMatch(/made the table zoom_events/);
  expect(stderr).toMatch(/2 published, 0 already there, nothing waiting, 0 refused/);
  expect(ask(server, "select body::text from zoom_events where event = 'odd.one'")).toBe(odd);
  expect(
    ask(
      server,
      "select extract(epoch from event_ts) * 1000 = 1700000000007 from zoom_events where event = 'meeting.started'",
    ),
  ).toBe('t');
  expect(ask(server, "select event_ts is null from zoom_events where event = 'odd.one'")).toBe('t');
});

withPostgres('two publishers, one killed and started again, leave one row for each id', async () => {
  const server = await startPostgres();
  const zoom = await startZoom();
  const args = ['--to', server.url, '--to-create'];
  const env = newState();
  const one = await readyTail(zoom, args, { env });
  const other = tail(zoom, args, { env: { ...newState(), ZOOM_SUBSCRIPTION_ID: 'SimulatedSubscription02' } });
  await other.waitFor('stderr', /ready/);
  zoom.send(upTo(500).map(event));
  one.child.kill('SIGKILL');
  await one.done;
  const again = await readyTail(zoom, args, { env });
  zoom.send(upTo(600).slice(500).map(event));
  await expect.poll(() => ask(server, 'select count(*), count(distinct id) from zoom_events')).toBe('600|600');
  for (const run of [again, other]) run.child.kill('SIGTERM');
  await Promise.all([again.done, other.done]);
});

withPostgres('goes on when the server was stopped and comes back', async () => {
  const server = await startPostgres();
  const zoom = await startZoom();
  const run = await readyTail(zoom, ['--to', server.url, '--to-create'], { env: newState() });
  zoom.send(upTo(10).map(event));
  await expect.poll(() => ask(server, 'select count(*) from zoom_events')).toBe('10');
  server.stop('immediate');
  zoom.send(upTo(20).slice(10).map(event));
  await run.waitFor('stderr', /not publishing: /);
  server.start();
  await expect.poll(() => ask(server, 'select count(*) from zoom_events')).toBe('20');
  run.child.kill('SIGTERM');
  expect((await run.done).status).toBe(0);
});

withPostgres('an event that the table cannot take is split off, kept and told; the rest is stored', async () => {
  const server = await startPostgres();
  const deep = `{"event":"too.deep","x":${'['.repeat(20_000)}${']'.repeat(20_000)}}`;
  const input = [event(0), event(1), deep, event(2)].map((text) => `${text}\n`).join('');
  const { status, stderr } = await runCli(['replay', '-', '--to', server.url, '--to-create'], { input });
  expect(stderr).toMatch(/does not take event [\da-f]{16}: stack depth limit exceeded/);
  expect(stderr).toMatch(/3 published, 0 already there, 1 refused/);
  expect(status).toBe(1);
  expect(ask(server, 'select count(*) from zoom_events')).toBe('3');
});

withPostgres.each([
  ['no such table', (url: string) => url, [], 'no table "zoom_events"'],
  [
    'no such database',
    (url: string) => url.replace('/events', '/nothing'),
    ['--to-create'],
    'database "nothing" does not exist',
  ],
])('%s is exit 3 before Zoom is connected', async (_what, urlOf, more, words) => {
  const server = await startPostgres();
  const zoom = await startZoom();
  const { status, stderr } = await tail(zoom, ['--to', urlOf(server.url), ...more], { env: newState() }).done;
  expect(stderr).toContain(words);
  expect(stderr).not.toContain('ready');
  expect(status).toBe(3);
});

withPostgres('reaches a server by its Unix socket', async () => {
  const server = await startPostgres();
  const url = `postgres://${server.user}@:${server.port}/events?host=${server.folder}`;
  const { status, stderr } = await runCli(['replay', '-', '--to', url, '--to-create'], { input: `${event(0)}\n` });
  expect(stderr).toMatch(/1 published/);
  expect(status).toBe(0);
});
