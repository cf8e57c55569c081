/** Words of a server on one line, because they must not look like lines of ours. */
export const onOneLine = (words: string): string => words.trim().replace(/[\r\n]+/g, ' ');
