import { execFileSync } from 'node:child_process';
import { parse } from 'dotenv';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exportLines } from '../../../src/cli/simulate/export-lines.ts';

const plain = fc.string({ unit: fc.constantFrom(...'aZ0 \'"$`\\!;&|<>(){}[]*?~#=%@:/.,^\n\tü🚀') });

test('sh reads every value as it is, whatever stands in it', () => {
  const run = (text: string) => execFileSync('sh', ['-c', text], { encoding: 'utf8' });
  fc.assert(
    fc.property(plain, (value) => run(`${exportLines({ VALUE: value })}printf '%s.' "$VALUE"`) === `${value}.`),
    { numRuns: 50 },
  );
});

test('the same lines are a settings file, and an earlier token or grant is emptied', () => {
  const settings = { ZOOM_WS_URL: 'ws://127.0.0.1:8787/ws', ZOOM_CLIENT_SECRET: 'made-up' };
  expect(parse(exportLines(settings))).toEqual({
    ...settings,
    ZOOM_ACCESS_TOKEN: '',
    ZOOM_CLIENT_SECRET_FILE: '',
    ZOOM_GRANT: '',
  });
});
