import { type Dirent, existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SRC = join(ROOT, 'src');

/**
 * Which room may import from which. Arrows go one way: bin → run → cli → {doctor, simulator, stats, source, flow} →
 * {outlet, format, recording, link} → {config, oauth, zoom} → {http, event, notice} → {json, terminal} → time. What is not
 * listed is forbidden.
 */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  'main.ts': ['run.ts', 'terminal', 'time'],
  'run.ts': [
    ...['cli', 'config', 'errors.ts', 'exit-codes.ts', 'host.ts', 'notice', 'outlet', 'secret.ts', 'terminal'],
    ...['version.ts'],
  ],
  cli: [
    'zoom',
    ...['engine', 'oauth', 'spool', 'sync', 'zoom-api'],
    ...['catalogue', 'config', 'doctor', 'event', 'flow', 'format', 'http', 'link', 'local', 'notice', 'outlet'],
    ...['recording', 'redact', 'rtms', 'simulator', 'source', 'stats', 'supervisor', 'terminal', 'time', 'webhook'],
    ...['errors.ts', 'exit-codes.ts', 'host.ts', 'secret.ts', 'version.ts'],
  ],
  sync: ['errors.ts', 'event', 'http', 'local', 'secret.ts', 'stats', 'time', 'zoom-api'],
  'zoom-api': ['errors.ts', 'http', 'secret.ts', 'time'],
  doctor: [
    ...['config', 'event', 'flow', 'http', 'local', 'notice', 'oauth', 'recording', 'source', 'stats', 'terminal'],
    ...['time', 'zoom', 'errors.ts', 'host.ts', 'secret.ts', 'version.ts'],
  ],
  // The simulator must not learn from the client that it tests: nothing of `source`, `oauth` or `zoom` here.
  simulator: ['catalogue', 'errors.ts', 'http', 'recording', 'serve', 'time'],
  rtms: ['event', 'http', 'link', 'notice', 'secret.ts', 'time'],
  stats: ['event', 'flow', 'terminal', 'time'],
  source: [
    ...[
      'config',
      'engine',
      'errors.ts',
      'event',
      'flow',
      'http',
      'link',
      'notice',
      'oauth',
      'secret.ts',
      'serve',
      'time',
    ],
    ...['webhook', 'zoom'],
  ],
  flow: ['config', 'errors.ts', 'event', 'json', 'notice', 'outlet', 'time'],
  outlet: [
    ...['engine', 'errors.ts', 'event', 'format', 'http', 'json', 'notice', 'recording', 'secret.ts', 'spool', 'time'],
    ...['webhook'],
  ],
  engine: ['config', 'errors.ts', 'http'],
  spool: ['time'],
  recording: ['errors.ts', 'event', 'json', 'local', 'time'],
  format: ['event', 'terminal', 'time'],
  link: ['errors.ts', 'event', 'http', 'secret.ts', 'time'],
  supervisor: ['errors.ts', 'notice', 'time'],
  config: ['errors.ts', 'http', 'oauth', 'secret.ts', 'time', 'zoom'],
  oauth: ['errors.ts', 'http', 'notice', 'secret.ts', 'time', 'zoom'],
  zoom: ['event', 'http', 'json', 'secret.ts'],
  local: ['errors.ts', 'time', 'zoom'],
  redact: ['json'],
  event: ['json', 'time'],
  notice: ['host.ts', 'terminal', 'time'],
  serve: ['errors.ts', 'http', 'time'],
  webhook: ['secret.ts', 'time'],
  http: ['errors.ts', 'time'],
  terminal: ['host.ts'],
  start: ['local'],
  json: [],
  catalogue: [],
  time: [],
  'host.ts': ['time'],
  'exit-codes.ts': ['errors.ts', 'host.ts'],
  'errors.ts': [],
  'secret.ts': [],
  'version.ts': [],
};

/** From these rooms only their types are taken by the rooms below them, never what they do. */
const TYPES_ONLY: readonly (readonly [from: string, to: string])[] = [
  ['source', 'notice'],
  ['flow', 'notice'],
  ['oauth', 'notice'],
  ['supervisor', 'notice'],
  ['rtms', 'notice'],
  ['config', 'oauth'],
  ['local', 'zoom'],
];

/**
 * The doors of a room: the only files that may be imported from outside it. A room is a folder of `src`, and any folder
 * with an `index.ts`. That file is its door; others are listed here, because they are a word of the common vocabulary or
 * must stay in another file of the bundle than the rest of their room.
 */
const DOORS: Readonly<Record<string, readonly string[]>> = {
  // Loaded for every command, before it is known which.
  cli: ['commands.ts', 'general-flags.ts', 'program.ts'],
  // `doctor` looks at the sync, too.
  'cli/sync': ['flags.ts', 'probe.ts'],
  // `trigger` has some flags of `simulate`.
  'cli/simulate': ['flags.ts'],
  // `rtms` goes by the same socket, and is watched over in the same way; `listen` runs as `tail` does.
  'cli/tail': [
    ...['flags.ts', 'run.ts', 'sources/index.ts', 'sources/open-demo.ts', 'sources/open-socket.ts', 'stats-report.ts'],
    'supervision.ts',
  ],
  'cli/tail/sources': ['open-demo.ts', 'open-socket.ts'],
  // The vocabulary: what an event, a byte of JSON, a setting, an instant, an answer of a server is.
  event: [
    ...['arrival.ts', 'arrival-time.ts', 'event-facts.ts', 'identity.ts', 'largest-frame.ts', 'lifecycle.ts'],
    ...['packed-event.ts', 'text-arena.ts'],
  ],
  json: [
    ...['find-value.ts', 'nesting.ts', 'packed-text.ts', 'rewrite.ts', 'scan-object.ts', 'slice-of-key.ts'],
    ...['tokens.ts', 'unquote.ts', 'without-value.ts'],
  ],
  config: [
    ...['read-small-file.ts', 'trust.ts'],
    ...['bytes.ts', 'client-secret.ts', 'connection.ts', 'connection-flags.ts', 'env.ts', 'flag.ts'],
    ...['forward-target.ts', 'port.ts', 'read-flags.ts', 'signing-secrets.ts', 'webhook-flags.ts', 'written.ts'],
    ...['wrong-values.ts'],
  ],
  time: ['backoff.ts', 'clock.ts', 'duration.ts', 'elapsed.ts', 'system-clock.ts'],
  http: [
    ...['calls.ts', 'pace.ts'],
    ...['connect-through.ts', 'hosts.ts', 'network-advice.ts', 'on-one-line.ts', 'patience.ts', 'proxy.ts'],
    ...['retry-after.ts', 'send.ts', 'worth-retrying.ts'],
  ],
  zoom: [
    ...['close-codes.ts', 'marketplace.ts', 'message.ts', 'refusal.ts', 'socket-refusals.ts', 'socket-url.ts'],
    ...['subscription.ts', 'unpack-event.ts'],
  ],
  oauth: ['credentials.ts', 'token.ts', 'token-keeper.ts'],
  notice: ['notice.ts', 'thin.ts', 'without-payload.ts'],
  // Each is loaded when its own part of a run begins.
  flow: ['aside.ts', 'dedupe.ts', 'keep.ts', 'lag-watch.ts', 'match/index.ts', 'pump.ts', 'silence.ts', 'tally.ts'],
  format: ['captions/index.ts', 'format.ts', 'ndjson.ts', 'pretty/index.ts', 'raw.ts'],
  'format/pretty': ['clock.ts'],
  link: ['dial.ts', 'pulse.ts'],
  local: ['lock.ts', 'own-folder.ts', 'presence/index.ts'],
  outlet: [
    ...['http/index.ts', 'jetstream/index.ts', 'lines.ts', 'outlet.ts', 'postgres/index.ts', 'publish/direct.ts'],
    ...['publish/index.ts', 'recording.ts', 'stream.ts'],
  ],
  // A recording is published without the spool.
  'outlet/publish': ['direct.ts'],
  // The clients are loaded only where they are used.
  engine: ['nats.ts', 'setting-file.ts', 'url.ts'],
  // Help needs the words, not the receiver.
  rtms: ['files/index.ts', 'pipes/index.ts', 'video/film.ts', 'wire/codes.ts', 'wire/languages.ts'],
  serve: ['answer.ts', 'hardened-server.ts', 'http-server.ts', 'listen-on.ts'],
  'source/webhook': ['tls-files.ts'],
  source: [
    ...['inbox.ts', 'replay/index.ts', 'source.ts', 'webhook/index.ts', 'webhook/tls-files.ts'],
    ...['stream/index.ts', 'zoom-socket/index.ts'],
  ],
  // A stream is tried again at the same pace.
  'source/zoom-socket': ['retries.ts'],
  webhook: ['challenge.ts', 'diagnose-challenge.ts', 'freshness.ts', 'headers.ts', 'signature.ts'],
  start: ['compile-cache.ts'],
  supervisor: ['ready-file.ts', 'systemd.ts'],
  terminal: ['palette.ts', 'sanitize.ts', 'standard-streams.ts', 'use-color.ts', 'width.ts'],
};

/** Files that hold the list of the members of a folder; what else lies in that folder, and is no member. */
const LISTS: readonly (readonly [list: string, folder: string, others: readonly string[]])[] = [
  ['cli/commands.ts', 'cli', ['outlets', 'shared']],
  ['cli/outlets/index.ts', 'cli/outlets', ['kind.ts']],
  [
    'cli/tail/sources/index.ts',
    'cli/tail/sources',
    ['from-flags.ts', 'kind.ts', 'open-demo.ts', 'open-socket.ts', 'subject-for.ts'],
  ],
  ['doctor/checks/index.ts', 'doctor/checks', []],
  ['format/pretty/sentence-of.ts', 'format/pretty/families', []],
  ['simulator/stories/index.ts', 'simulator/stories', ['attendance.ts', 'recording.ts', 'stage.ts']],
];

type Import = { readonly file: string; readonly target: string; readonly isType: boolean };

const files = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'))
    .map((name) => join(folder, name));

const importsOf = (file: string): Import[] => {
  const text = readFileSync(file, 'utf8');
  const stated = text.matchAll(/^(import|export)( type)?\b[^;'"]*?from '(\.\.?\/[^']+\.ts)'/gm);
  const loaded = text.matchAll(/\b(import)\(()'(\.\.?\/[^']+\.ts)'\)/g);
  return [...stated, ...loaded].map(([, , type = '', path = '']) => ({
    file,
    target: resolve(dirname(file), path),
    isType: type !== '',
  }));
};

const room = (file: string): string => relative(SRC, file).split(/[\\/]/)[0] ?? '';
const imports = files(SRC).flatMap(importsOf);
const between = imports.filter(({ file, target }) => room(file) !== room(target));
const shown = ({ file, target }: Import) => `${relative(ROOT, file)} → ${relative(ROOT, target)}`;

test('there is something to check', () => {
  expect(between.length).toBeGreaterThan(200);
});

test('imports go only where the table lets them', () => {
  const strays = between.filter(({ file, target }) => !MAY_IMPORT[room(file)]?.includes(room(target)));
  expect(strays.map(shown)).toEqual([]);
});

test('the table promises no arrow that nobody uses', () => {
  const used = new Set(between.map(({ file, target }) => `${room(file)} → ${room(target)}`));
  const promised = Object.entries(MAY_IMPORT).flatMap(([from, to]) => to.map((room) => `${from} → ${room}`));
  expect(promised.filter((arrow) => !used.has(arrow))).toEqual([]);
});

test('arrows between rooms never lead back', () => {
  const isReached = (from: string, to: string, seen: Set<string>): boolean =>
    (MAY_IMPORT[from] ?? []).some((next) => {
      if (next === to) return true;
      if (seen.has(next)) return false;
      seen.add(next);
      return isReached(next, to, seen);
    });
  expect(Object.keys(MAY_IMPORT).filter((name) => isReached(name, name, new Set()))).toEqual([]);
});

/** The rooms that a file lies in, outermost first. */
const roomsOf = (file: string): string[] => {
  const folders = relative(SRC, dirname(file)).split(/[\\/]/);
  const paths = folders.map((_, index) => folders.slice(0, index + 1).join('/'));
  return paths.filter((path, index) => path !== '' && (index === 0 || existsSync(join(SRC, path, 'index.ts'))));
};

/** The rooms that an import enters, each with the file that it enters by. */
const entries = imports.flatMap(({ file, target, isType }) => {
  const mine = new Set(roomsOf(file));
  return roomsOf(target)
    .filter((entered) => !mine.has(entered))
    .map((entered) => ({ file, target, isType, entered, door: relative(join(SRC, entered), target) }));
});

test('a room is entered by its doors only', () => {
  const strays = entries.filter(({ entered, door }) => door !== 'index.ts' && DOORS[entered]?.includes(door) !== true);
  expect(strays.map(shown)).toEqual([]);
});

test('there is no door that nobody uses', () => {
  const used = new Set([...entries.map(({ entered, door }) => `${entered}/${door}`), 'start/compile-cache.ts']);
  const listed = Object.entries(DOORS).flatMap(([name, doors]) => doors.map((door) => `${name}/${door}`));
  expect(listed.filter((door) => !used.has(door))).toEqual([]);
});

test.each(LISTS)('%s lists every member of %s', (list, folder, others) => {
  const listed = importsOf(join(SRC, list)).map(({ target }) => relative(join(SRC, folder), target).split(/[\\/]/)[0]);
  const isMember = (entry: Dirent): boolean =>
    folder === 'cli' ? entry.isDirectory() : entry.isFile() && join(folder, entry.name) !== list;
  const members = readdirSync(join(SRC, folder), { withFileTypes: true })
    .filter((entry) => isMember(entry) && !others.includes(entry.name))
    .map(({ name }) => name);
  expect(members.length).toBeGreaterThan(1);
  expect(members.filter((name) => !listed.includes(name))).toEqual([]);
});

test('where only types may be taken, only types are taken', () => {
  const strays = between.filter(
    ({ file, target, isType }) =>
      !isType && TYPES_ONLY.some(([from, to]) => from === room(file) && to === room(target)),
  );
  expect(strays.map(shown)).toEqual([]);
});

test('bin imports the entry, its types and the version, nothing else', () => {
  const targets = importsOf(join(ROOT, 'bin/zoom-ws.ts')).map(({ target }) => relative(ROOT, target));
  expect([...new Set(targets)].sort()).toEqual([
    'src/host.ts',
    'src/main.ts',
    'src/start/compile-cache.ts',
    'src/version.ts',
  ]);
});

test.each([
  ['ws', ['link/dial.ts', 'simulator/']],
  ['undici', ['outlet/http/client.ts']],
  ['chalk', ['terminal/palette.ts']],
  ['ora', ['notice/spinner.ts']],
  ['re2js', ['flow/match/linear/']],
  ['@eslint-community/regexpp', ['flow/match/linear/']],
  ['@nats-io/transport-node', ['engine/nats.ts', 'outlet/jetstream/publish-batch.ts']],
  ['@nats-io/jetstream', ['engine/nats.ts', 'outlet/jetstream/stream.ts', 'source/stream/']],
  ['postgres', ['outlet/postgres/']],
  ['p-throttle', ['http/pace.ts']],
  ['valibot', ['sync/', 'zoom-api/']],
  ['yaml', ['sync/config/read-yaml.ts']],
  ['commander', ['cli/program.ts', 'cli/help-layout.ts']],
])('%s is imported in its own place only', (library, places) => {
  const importers = files(SRC)
    .filter((file) => new RegExp(`(from |import\\()'${library}(/[^']*)?'`).test(readFileSync(file, 'utf8')))
    .map((file) => relative(SRC, file));
  expect(importers.length).toBeGreaterThan(0);
  expect(importers.filter((file) => !places.some((place) => file.startsWith(place)))).toEqual([]);
});

test('time, chance and the process are asked for only at the edge', () => {
  const forbidden = /\b(process\.(?!\s)|console\.|Date\.now|Math\.random|setTimeout|setInterval)\b/;
  const isCode = (line: string) => !/^\s*(\*|\/\/|\/\*)/.test(line);
  const strays = files(SRC)
    .filter((file) => relative(SRC, file) !== 'time/system-clock.ts')
    .flatMap((file) =>
      readFileSync(file, 'utf8')
        .split('\n')
        .filter((line) => isCode(line) && forbidden.test(line))
        .map((line) => `${relative(SRC, file)}: ${line.trim()}`),
    );
  expect(strays).toEqual([]);
});

test('no file of the program is longer than 200 lines', () => {
  const long = [...files(SRC), ...files(join(ROOT, 'bin'))]
    .map((file) => [relative(ROOT, file), readFileSync(file, 'utf8').split('\n').length - 1] as const)
    .filter(([, lines]) => lines > 200);
  expect(long).toEqual([]);
});

test('no imports go in a circle, types included', () => {
  const targets = new Map<string, string[]>();
  for (const { file, target } of imports) targets.set(file, [...(targets.get(file) ?? []), target]);
  const done = new Set<string>();
  const circles: string[] = [];
  const visit = (file: string, path: readonly string[]): void => {
    if (path.includes(file))
      circles.push([...path.slice(path.indexOf(file)), file].map((name) => relative(SRC, name)).join(' → '));
    if (path.includes(file) || done.has(file)) return;
    for (const target of targets.get(file) ?? []) visit(target, [...path, file]);
    done.add(file);
  };
  for (const file of targets.keys()) visit(file, []);
  expect(circles).toEqual([]);
});
