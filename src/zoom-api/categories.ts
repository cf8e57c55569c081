/** How costly Zoom counts a call. */
export type Category = 'light' | 'medium' | 'heavy';

/** So many calls a second at most: an account of the smallest paid plan allows twice that and more. */
export const PER_SECOND: Readonly<Record<Category, number>> = { light: 10, medium: 5, heavy: 2 };

/** Zoom's own labels [Zoom's API description, November 2026]; what is not named here is taken for medium. */
const TABLE: readonly (readonly [pattern: RegExp, category: Category])[] = [
  [/^\/report\//, 'heavy'],
  [/\/absentees$/, 'heavy'],
  [/^\/(meetings|webinars|past_meetings|users)\/[^/]+$/, 'light'],
  [/^\/past_webinars\/[^/]+\/instances$/, 'light'],
  [/^\/meetings\/[^/]+\/recordings$/, 'light'],
];

/** The category of a call by the path of its URL, below the API's base. */
export const categoryOf = (path: string): Category => TABLE.find(([pattern]) => pattern.test(path))?.[1] ?? 'medium';

/** What an answer's `X-RateLimit-Category` says; a scarcer kind than the three counts as heavy. */
export const categoryIn = (header: string | undefined): Category | undefined => {
  const word = header?.trim().toLowerCase();
  if (word === undefined || word === '') return undefined;
  if (word === 'light' || word === 'medium') return word;
  return 'heavy';
};
