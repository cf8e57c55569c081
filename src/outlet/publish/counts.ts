import type { Item, Outcome } from './destination.ts';

/** What became of what was published, for the last line of a run. */
export type PublishCounts = { published: number; alreadyThere: number; refused: number };

export const createPublishCounts = (): PublishCounts => ({ published: 0, alreadyThere: 0, refused: 0 });

/** Counts outcomes; answers with the items that were not taken, and why. */
export const countOutcomes = (
  counts: PublishCounts,
  items: readonly Item[],
  outcomes: readonly Outcome[],
): readonly { readonly item: Item; readonly why: string }[] => {
  const refused: { item: Item; why: string }[] = [];
  for (const [index, outcome] of outcomes.entries()) {
    const item = items[index];
    if (item === undefined) continue;
    if (outcome === 'stored') counts.published += 1;
    else if (outcome === 'known') counts.alreadyThere += 1;
    else {
      counts.refused += 1;
      refused.push({ item, why: outcome.refused });
    }
  }
  return refused;
};
