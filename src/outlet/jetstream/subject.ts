/** A subject may be longer for the server, but a line of its protocol may not: 250 bytes are far from that. */
const LONGEST = 250;

/**
 * The subject of an event: the prefix and its type, in which everything but ASCII letters, digits, `_`, `-` and dots
 * becomes `_`. A `*` or a blank in a subject would mean something to the server, and the type is a stranger's text.
 */
export const subjectOf = (prefix: string, type: string): string => {
  const name = type
    .replace(/[^A-Za-z0-9_.-]/gu, '_')
    .replace(/\.{2,}/g, '.')
    .replace(/^\.|\.$/g, '');
  return `${prefix}.${name === '' ? '_' : name}`.slice(0, LONGEST).replace(/\.$/, '');
};
