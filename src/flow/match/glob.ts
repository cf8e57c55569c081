/**
 * `*` stands for any run of characters, `?` for one; case does not count, because Zoom's names never differ in it alone.
 * Time is at most the length of the name times that of the pattern, whatever the two are.
 */
export const compileGlob = (pattern: string): ((name: string) => boolean) => {
  const wanted = [...pattern.toLowerCase()];
  return (name) => matches(wanted, [...name.toLowerCase()]);
};

/** Goes back to the last star only: what an earlier star took can stay taken. */
const matches = (wanted: readonly string[], name: readonly string[]): boolean => {
  let at = 0;
  let next = 0;
  let star = -1;
  let taken = 0;
  while (at < name.length) {
    if (wanted[next] === '*') {
      star = next;
      taken = at;
      next += 1;
    } else if (next < wanted.length && (wanted[next] === '?' || wanted[next] === name[at])) {
      next += 1;
      at += 1;
    } else if (star >= 0) {
      taken += 1;
      at = taken;
      next = star + 1;
    } else {
      return false;
    }
  }
  while (wanted[next] === '*') next += 1;
  return next === wanted.length;
};
