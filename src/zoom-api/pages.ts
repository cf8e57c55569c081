import type { Query, ZoomClient } from './client.ts';
import { ZoomRefusal } from './refusal.ts';

/** Zoom's largest page of these lists. */
const PAGE_SIZE = '300';

/** All pages of a list, each as it came. A token that repeats ends it with an error: it would never end otherwise. */
export async function* pagesOf(
  client: ZoomClient,
  path: string,
  query: Query,
  purpose: string,
): AsyncGenerator<unknown> {
  const seen = new Set<string>();
  for (let token = ''; ; ) {
    const body = await client.get(path, { page_size: PAGE_SIZE, ...query, next_page_token: token }, purpose);
    yield body;
    const next = (body as { readonly next_page_token?: unknown }).next_page_token;
    if (typeof next !== 'string' || next === '') return;
    if (seen.has(next)) {
      throw new ZoomRefusal(
        'other',
        `Zoom named the same next page of ${purpose} twice (${path}): the list has no end.`,
        {
          status: 200,
        },
      );
    }
    seen.add(next);
    token = next;
  }
}
