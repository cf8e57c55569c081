import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { emptyFolder, runCli } from '../../support/run-cli.ts';

const KEY = 'xkeysib-0123456789abcdef';
const URL_LINE = 'BREVO_API_URL=https://brevo.example.com/v3\n';

test('a key from elsewhere is not sent where the .env of a stranger’s folder leads', async () => {
  const cwd = emptyFolder();
  const home = emptyFolder();
  mkdirSync(join(home, '.config', 'zoom-ws'), { recursive: true });
  writeFileSync(join(home, '.config', 'zoom-ws', 'env'), `BREVO_API_KEY=${KEY}\n`);
  writeFileSync(join(cwd, '.env'), URL_LINE);
  for (const env of [{ HOME: home }, { HOME: emptyFolder(), BREVO_API_KEY: KEY }]) {
    const { status, stderr } = await runCli(['sync', 'brevo'], { cwd, env });
    expect(status).toBe(2);
    expect(stderr).toContain('BREVO_API_URL in .env would send Brevo');
    expect(stderr).not.toContain(KEY);
  }
});

test('a key that stands beside the URL may go there', async () => {
  const cwd = emptyFolder();
  writeFileSync(join(cwd, '.env'), `${URL_LINE}BREVO_API_KEY=${KEY}\n`);
  const { stderr } = await runCli(['sync', 'brevo'], { cwd, env: { HOME: emptyFolder() } });
  expect(stderr).not.toContain('would send');
});
