import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { SYNC_CHECK_IDS } from '../../../src/doctor/check.ts';
import { closeAll, examine, simulator } from '../../support/doctor-world.ts';
import { emptyFolder } from '../../support/run-cli.ts';
import { LISTS } from '../../support/sync.ts';

afterEach(closeAll);

const KEY = 'xkeysib-of-this-test';
const look = async (config: string, env: object = {}, more: readonly string[] = []) => {
  const zoom = await simulator();
  const cwd = emptyFolder();
  writeFileSync(join(cwd, 'sync.yaml'), config);
  const args = [
    '--offline',
    '--only',
    'sync',
    '--config',
    'sync.yaml',
    '--ledger',
    join(cwd, 'ledger.ndjson'),
    ...more,
  ];
  return examine(args, { ...zoom.settings, BREVO_API_KEY: KEY, ...env }, { cwd });
};

test('a sync that is set up right passes section 9, and nothing is written', async () => {
  const report = await look(LISTS);
  expect(report.of('pass')).toEqual(expect.arrayContaining([...SYNC_CHECK_IDS]));
  expect(report.check('sync.ledger').detail).toContain('will be made by the first run');
  expect(JSON.stringify(report)).not.toContain(KEY);
});

test('faults of the file, lists and attributes that do not exist, and the SMTP key are told', async () => {
  expect((await look('brevo: { names: no }')).check('sync.config').detail).toContain('sync.yaml:1:17: brevo.names');
  const strange = await look(
    'connectors: { zoom: { lists: { meeting_participants: 99 } } }\nfield_mapping: { email: email, org: COMPANY }\n',
  );
  expect(strange.check('brevo.lists').detail).toContain('Brevo has no list 99');
  expect(strange.check('brevo.attributes').detail).toContain('Brevo has no attribute COMPANY (text)');
  const smtp = await look(LISTS, { BREVO_API_KEY: 'xsmtpsib-mail' });
  expect(smtp.check('brevo.key')).toMatchObject({ status: 'fail' });
  expect(smtp.check('brevo.key').detail).toContain('SMTP key');
});
