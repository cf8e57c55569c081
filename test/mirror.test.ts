import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Folders whose tests are in another one, because only a whole run shows what they do: the folder, and where. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  'cli/tail/sources': 'cli/tail',
  'outlet/http': 'cli/outlets/forward.test.ts',
  'outlet/postgres': 'cli/outlets/publish-postgres.test.ts',
  'outlet/publish': 'cli/outlets/publish-nats.test.ts',
  'format/pretty/families': 'format/pretty',
  rtms: 'cli/rtms',
  'rtms/disk': 'cli/rtms/files.test.ts',
  'rtms/pipes': 'cli/rtms/pipes.test.ts',
  'rtms/stream': 'cli/rtms',
  'rtms/video': 'cli/rtms/video.test.ts',
  'source/stream': 'cli/tail/from.test.ts',
  'source/webhook': 'cli/listen',
  'simulator/rest': 'cli/sync',
  sync: 'cli/sync',
  'sync/apply': 'cli/sync',
  'sync/brevo': 'cli/sync',
  'sync/config': 'cli/sync',
  'sync/ledger': 'cli/sync',
  'sync/people': 'cli/sync',
  'sync/plan': 'cli/sync',
  'sync/report': 'cli/sync',
  'sync/sessions': 'cli/sync',
  'sync/work': 'cli/sync',
  'zoom-api': 'cli/sync',
  supervisor: 'cli/tail/supervision.test.ts',
};

const isTest = (name: string): boolean => name.endsWith('.test.ts');
const hasTests = (path: string): boolean => {
  const at = join(ROOT, 'test', path);
  if (existsSync(`${at}.test.ts`) || (isTest(path) && existsSync(at))) return true;
  return existsSync(at) && !isTest(path) && readdirSync(at, { recursive: true, encoding: 'utf8' }).some(isTest);
};

const folders = new Set(
  readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map(dirname),
);

test('every folder of src has tests at the same path below test, or the table says where they are', () => {
  expect(folders.size).toBeGreaterThan(40);
  expect([...folders].filter((folder) => !hasTests(folder) && ELSEWHERE[folder] === undefined)).toEqual([]);
});

test('the table names folders and tests that exist', () => {
  const stale = Object.entries(ELSEWHERE).filter(([folder, tests]) => !folders.has(folder) || !hasTests(tests));
  expect(stale).toEqual([]);
});
