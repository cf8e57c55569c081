import { isDocumented, loadCatalogue, nearestFields } from '../../catalogue/index.ts';
import type { Notice } from '../../notice/notice.ts';
import { documentedPath, type Setting } from './set-value.ts';

const SUGGESTED = 3;

/** A warning for each setting whose field is not documented of the type: it may be a slip, and is sent all the same. */
export const undocumentedSettings = async (type: string, settings: readonly Setting[]): Promise<readonly Notice[]> => {
  const fields = (await loadCatalogue()).get(type)?.fields;
  if (fields === undefined) return [];
  return [...new Set(settings.map(documentedPath))]
    .filter((path) => !isDocumented(fields, path))
    .map((path) => {
      const near = nearestFields(fields, path, SUGGESTED);
      const guess = near.length === 0 ? '' : `Did you mean ${near.join(', ')}? `;
      return {
        kind: 'warning',
        text: `--set ${path.replace(/^payload\.object\./, '')}: no documented field of ${type}, sent all the same`,
        hint: `${guess}"zoom-ws events ${type}" lists its fields.`,
      };
    });
};
