import { expect, test } from 'vitest';
import { isDocumented, loadCatalogue } from '../../../src/catalogue/index.ts';
import { USUAL_PATHS, unknownPathWarnings } from '../../../src/cli/shared/unknown-paths.ts';
import { parseCondition } from '../../../src/flow/match/index.ts';

test('the paths that are known without the documentation are documented', async () => {
  const types = [...(await loadCatalogue()).values()];
  expect(USUAL_PATHS.filter((path) => !types.some(({ fields }) => isDocumented(fields, path)))).toEqual([]);
});

test('warns of the path that is unknown among those that are not', async () => {
  const typed = ['topic=a', 'participants.email~b', 'participant.registrant_id'].map(parseCondition);
  expect(await unknownPathWarnings(typed)).toEqual([expect.stringMatching(/^--where participants\.email~b: /)]);
});
