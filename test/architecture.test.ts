import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SRC = join(ROOT, 'src');

/**
 * Which room may import from which. Arrows go one way: bin → run → cli → {doctor, source, flow, format, sink, notice,
 * simulator, recording, stats, redact} → zoom → {config, time} → errors. What is not listed is forbidden.
 */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  'main.ts': ['run.ts', 'sink', 'time'],
  'run.ts': ['cli', 'config', 'errors.ts', 'exit-codes.ts', 'format', 'host.ts', 'notice', 'sink', 'version.ts'],
  cli: [
    ...['catalogue', 'config', 'doctor', 'flow', 'format', 'notice', 'presence', 'recording', 'redact', 'simulator'],
    ...['sink', 'source', 'stats', 'supervisor', 'time'],
    ...['errors.ts', 'exit-codes.ts', 'host.ts', 'version.ts'],
  ],
  doctor: [
    ...['config', 'flow', 'format', 'notice', 'presence', 'recording', 'source', 'stats', 'time', 'zoom'],
    ...['errors.ts', 'host.ts', 'version.ts'],
  ],
  stats: ['flow', 'format', 'source', 'time', 'zoom'],
  redact: [],
  presence: ['config', 'own-folder.ts', 'process-identity.ts'],
  supervisor: ['errors.ts', 'notice', 'time'],
  source: ['config', 'errors.ts', 'notice', 'time', 'zoom'],
  flow: ['config', 'errors.ts', 'format', 'notice', 'sink', 'source', 'time', 'zoom'],
  format: ['source', 'time', 'zoom'],
  sink: ['errors.ts', 'host.ts'],
  notice: ['format', 'host.ts', 'time'],
  recording: ['errors.ts', 'process-identity.ts', 'source', 'time', 'zoom'],
  // The client must not learn from its own mirror: nothing of `source` or `zoom` here.
  simulator: ['catalogue', 'errors.ts', 'recording', 'time'],
  catalogue: [],
  zoom: ['config', 'errors.ts', 'notice', 'time'],
  config: ['errors.ts', 'time'],
  time: [],
  'host.ts': ['time'],
  'exit-codes.ts': ['errors.ts', 'host.ts'],
  'errors.ts': [],
  'version.ts': [],
  'process-identity.ts': [],
  'compile-cache.ts': ['own-folder.ts'],
  'own-folder.ts': [],
};

/** From these rooms only their types are taken by the rooms below them, never what they do. */
const TYPES_ONLY: readonly (readonly [from: string, to: string])[] = [
  ['flow', 'format'],
  ['flow', 'sink'],
  ['flow', 'source'],
  ['format', 'source'],
  ['recording', 'source'],
  ['stats', 'source'],
  ['source', 'notice'],
  ['flow', 'notice'],
  ['zoom', 'notice'],
  ['supervisor', 'notice'],
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
    'src/compile-cache.ts',
    'src/host.ts',
    'src/main.ts',
    'src/version.ts',
  ]);
});

test.each([
  ['ws', ['source/zoom-socket/dial.ts', 'simulator/']],
  ['undici', ['zoom/http.ts', 'doctor/']],
  ['chalk', ['format/palette.ts']],
  ['ora', ['notice/spinner.ts']],
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
