import { expect, onTestFinished, test } from 'vitest';
import { hasNats, type NatsServer, startNats } from '../../support/nats-server.ts';
import { emptyFolder, runCli, startCli } from '../../support/run-cli.ts';

const withNats = test.skipIf(!hasNats);
const event = (n: number, type = 'meeting.started') =>
  `{"event":"${type}","event_ts":${1_700_000_000_000 + n},"payload":{"object":{"n":${n}}}}`;
const upTo = (count: number) => Array.from({ length: count }, (_, n) => n);
const numbersOf = (stdout: string) =>
  stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => (JSON.parse(line) as { payload: { object: { n: number } } }).payload.object.n);

/** Stores events as a publisher does. */
const publish = async ({ url }: NatsServer, events: readonly string[]): Promise<void> => {
  const input = events.map((text) => `${text}\n`).join('');
  const { status, stderr } = await runCli(['replay', '-', '--to', `${url}/ZOOM`, '--to-create'], { input });
  if (status !== 0) throw new Error(stderr);
};

const from = ({ url }: NatsServer, args: readonly string[]) => {
  const run = startCli(['tail', '--from', `${url}/ZOOM`, ...args]);
  onTestFinished(() => {
    run.child.kill('SIGKILL');
  });
  return run;
};

withNats('reads what is stored, in order and as Zoom sent it, and ends with --until now', async () => {
  const nats = await startNats();
  await publish(
    nats,
    upTo(1_200).map((n) => event(n)),
  );
  const { status, stdout } = await from(nats, ['--since', 'all', '--until', 'now']).done;
  expect(status).toBe(0);
  expect(stdout).toBe(
    upTo(1_200)
      .map((n) => `${event(n)}\n`)
      .join(''),
  );
});

withNats('an empty stream ends at once with --until now', async () => {
  const nats = await startNats();
  await publish(nats, [event(0)]);
  const { status, stdout } = await from(nats, ['--until', 'now']).done;
  expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
});

withNats('begins with what comes from now on, filters, and knows the place in the stream', async () => {
  const nats = await startNats();
  await publish(nats, [event(0), event(1, 'user.created')]);
  const run = from(nats, ['--event', 'meeting', '--meta', '-n', '1']);
  await run.waitFor('stderr', /ready: reading from/);
  await publish(nats, [event(2, 'user.updated'), event(3)]);
  const { status, stdout } = await run.done;
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ payload: { object: { n: 3 } }, _meta: { stream_seq: 4, seq: 1 } });
  expect(stdout).not.toContain('redelivered');
});

withNats('reads each event once through the death of the server', async () => {
  const nats = await startNats();
  await publish(
    nats,
    upTo(100).map((n) => event(n)),
  );
  const run = from(nats, ['--since', 'all', '-n', '200']);
  await run.waitFor('stdout', /"n":99}/);
  nats.kill('SIGKILL');
  await run.waitFor('stderr', /disconnected/);
  await nats.restart();
  await publish(
    nats,
    upTo(200)
      .slice(100)
      .map((n) => event(n)),
  );
  const { status, stdout } = await run.done;
  expect(status).toBe(0);
  expect(numbersOf(stdout)).toEqual(upTo(200));
});

withNats('--durable goes on where it stopped: a clean end loses nothing and repeats nothing', async () => {
  const nats = await startNats();
  await publish(
    nats,
    upTo(300).map((n) => event(n)),
  );
  const args = ['--durable', 'billing', '--since', 'all'];
  const seen: number[] = [];
  for (const count of [70, 80, 50]) {
    const { status, stdout } = await from(nats, [...args, '-n', String(count)]).done;
    expect(status).toBe(0);
    seen.push(...numbersOf(stdout));
  }
  const rest = from(nats, args);
  await expect.poll(() => numbersOf(rest.stdout()).length + seen.length).toBeGreaterThanOrEqual(300);
  rest.child.kill('SIGTERM');
  seen.push(...numbersOf((await rest.done).stdout));
  expect(seen.toSorted((a, b) => a - b)).toEqual(upTo(300));
});

withNats('--durable repeats what a killed reader had not confirmed, and loses nothing', async () => {
  const nats = await startNats();
  await publish(
    nats,
    upTo(200).map((n) => event(n)),
  );
  const args = ['--durable', 'billing', '--since', 'all', '--ack-wait', '1s'];
  const seen = new Set<number>();
  for (let kill = 0; kill < 3; kill += 1) {
    const run = from(nats, args);
    await run.waitFor('stdout', /"n":/);
    run.child.kill('SIGKILL');
    for (const n of numbersOf((await run.done).stdout.replace(/[^\n]*$/, ''))) seen.add(n);
  }
  const last = from(nats, args);
  await expect.poll(() => new Set([...seen, ...numbersOf(last.stdout().replace(/[^\n]*$/, ''))]).size).toBe(200);
});

withNats('two readers with one name share the events', async () => {
  const nats = await startNats();
  await publish(nats, [event(0)]);
  const runs = [from(nats, ['--durable', 'pair']), from(nats, ['--durable', 'pair'])];
  for (const run of runs) await run.waitFor('stderr', /ready/);
  await publish(
    nats,
    upTo(101)
      .slice(1)
      .map((n) => event(n)),
  );
  const all = () => runs.flatMap((run) => numbersOf(run.stdout().replace(/[^\n]*$/, '')));
  await expect.poll(() => all().toSorted((a, b) => a - b)).toEqual(upTo(101).slice(1));
});

withNats('another --event under a known name is exit 2', async () => {
  const nats = await startNats();
  await publish(nats, [event(0)]);
  await from(nats, ['--durable', 'd', '--event', 'meeting', '--until', 'now']).done;
  const { status, stderr } = await from(nats, ['--durable', 'd', '--event', 'user']).done;
  expect(stderr).toContain('--durable d is known with --event meeting');
  expect(status).toBe(2);
});

withNats('no such stream is exit 3; a server that is away is exit 1 after the retries', async () => {
  const nats = await startNats();
  const refused = await from(nats, []).done;
  expect(refused.stderr).toContain('there is no stream "ZOOM"');
  expect(refused.status).toBe(3);
  nats.kill('SIGKILL');
  const away = await from(nats, ['--max-retries', '1']).done;
  expect(away.stderr).toContain('Gave up after 2 failures');
  expect(away.status).toBe(1);
});

test.each([
  [
    ['--from', 'nats://127.0.0.1/Z', '--client-id', 'x', '--to', 'nats://127.0.0.1/Y'],
    ['--client-id: has no meaning', '--to: has no meaning'],
  ],
  [['--from', 'nats://127.0.0.1/Z', '--heartbeat', '10s'], ['--heartbeat: has no meaning']],
  [['--from', 'postgres://127.0.0.1/db'], ['a table is read with SQL']],
  [['--from', 'nats://127.0.0.1/Z', '--durable', 'a b'], ['--durable "a b": expected letters']],
  [['--from', 'nats://127.0.0.1/Z', '--demo'], ['--demo']],
])('%j is exit 2', async (args, words) => {
  const { status, stderr } = await runCli(['tail', ...args], { cwd: emptyFolder() });
  for (const text of words) expect(stderr).toContain(text);
  expect(status).toBe(2);
});

test('settings of Zoom in the environment are left alone', async () => {
  const env = { ZOOM_FROM: 'nats://127.0.0.1:1/Z', ZOOM_CLIENT_ID: 'x', ZOOM_TO: 'nats://127.0.0.1:1/Y' };
  const { status, stderr } = await runCli(['tail', '--max-retries', '0'], { env });
  expect(stderr).toContain('Gave up: nats://127.0.0.1:1/Z cannot be reached');
  expect(status).toBe(1);
});
