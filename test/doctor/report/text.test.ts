import { expect, test } from 'vitest';
import type { Result } from '../../../src/doctor/index.ts';
import { createTextReport } from '../../../src/doctor/report/text.ts';
import { createPalette } from '../../../src/terminal/palette.ts';

const result = (status: Result['status'], more: Partial<Result> = {}): Result => ({
  ...{ id: 'oauth.token', section: 1, title: 'a title', status, detail: 'seen', hint: '', durationMs: 1 },
  ...more,
});

test.each([
  ['pass', '32mok'],
  ['warn', '33mwarn'],
  ['fail', '31mFAIL'],
] as const)('%s has its colour', async (status, painted) => {
  const report = createTextReport(80, await createPalette(true));
  expect(report.result(result(status))).toContain(`\u001b[${painted}`);
});
