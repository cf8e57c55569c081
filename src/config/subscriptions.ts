import type { Subscription } from '../zoom/subscription.ts';
import type { CONNECTION_FLAGS } from './connection-flags.ts';
import type { Origin, Reading } from './read-flags.ts';

/** A subscription, and where its URL came from; undefined: from nowhere but this program. */
export type FoundSubscription = Subscription & { readonly urlOrigin: Origin | undefined };

/**
 * Which subscriptions to read, and where. An id comes from `--subscription-id`, or with the endpoint URL that was
 * pasted as `--ws-url`, whichever place has the higher rank. Adds to `complaints`.
 */
export const chooseSubscriptions = (
  { values, origins }: Reading<typeof CONNECTION_FLAGS>,
  lookedIn: string,
  complaints: string[],
): readonly FoundSubscription[] => {
  const idRank = origins.subscriptionId?.rank ?? Number.POSITIVE_INFINITY;
  const urlRank = values.wsUrl.id === undefined ? Number.POSITIVE_INFINITY : (origins.wsUrl?.rank ?? 0);
  const named = values.subscriptionId;
  const ids = [...new Set(named.map(({ id }) => id))];
  const fromUrl = values.wsUrl.id;

  const missing = named.find(({ id }) => id === undefined);
  if (missing) {
    complaints.push(`${origins.subscriptionId?.place} "${missing.url}": expected the URL to hold "subscriptionId=".`);
    return [];
  }
  if (idRank === urlRank && fromUrl !== undefined && !(ids.length === 1 && ids[0] === fromUrl)) {
    complaints.push(
      `${origins.subscriptionId?.place} says "${ids.join(',')}", but the URL of ${origins.wsUrl?.place} says "${fromUrl}": expected one and the same subscription id.`,
    );
    return [];
  }
  const usual = { url: values.wsUrl.url, urlOrigin: origins.wsUrl };
  if (fromUrl !== undefined && urlRank < idRank) return [{ id: fromUrl, ...usual }];
  if (ids.length === 0) {
    // A URL that is malformed is complained of already; the id that it may hold is not missing as well.
    const held = complaints.some(
      (text) => text.startsWith(`${origins.wsUrl?.place} `) && /subscriptionid=/i.test(text),
    );
    if (!origins.subscriptionId && !held) {
      complaints.push(`The subscription id (--subscription-id, ZOOM_SUBSCRIPTION_ID) is missing: ${lookedIn}.`);
    }
    return [];
  }
  // A pasted endpoint URL also says where its subscription lives, unless --ws-url was given closer to the command.
  const wsRank = origins.wsUrl?.rank ?? Number.POSITIVE_INFINITY;
  const subscriptions = new Map<string, FoundSubscription>();
  for (const { id, url } of named) {
    if (id === undefined || subscriptions.has(id)) continue;
    const pasted = url === undefined ? undefined : { url, urlOrigin: origins.subscriptionId };
    const own = idRank < wsRank ? pasted : undefined;
    const given = origins.wsUrl ? usual : pasted;
    subscriptions.set(id, { id, ...(own ?? given ?? usual) });
  }
  return [...subscriptions.values()];
};
