/** Quotes that a shell takes off, and those that a page or a word processor puts in their place. */
const PAIRS: readonly (readonly [string, string])[] = [
  ["'", "'"],
  ['"', '"'],
  ['‘', '’'],
  ['“', '”'],
];

/** The text without a pair of quotes around it: cmd.exe hands single quotes on. */
export const unquoted = (text: string): string => {
  const around = PAIRS.some(([open, close]) => text.length >= 2 && text.startsWith(open) && text.endsWith(close));
  return around ? text.slice(1, -1) : text;
};
