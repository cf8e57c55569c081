/** Stretches of a track, from (included) to (excluded), in frames. */
export type Stretch = readonly [from: number, to: number];

/** Which stretches of a track have been written: what comes again is known. */
export type Coverage = {
  /** Marks a stretch, and answers with the pieces of it that were not marked before. */
  add(from: number, to: number): readonly Stretch[];
};

/** `until`: everything before it counts as written. */
export const createCoverage = (until = 0): Coverage => {
  /** Sorted, apart from one another. Nearly everything is added at the end. */
  const marked: [number, number][] = until > 0 ? [[0, until]] : [];
  return {
    add(from, to) {
      const last = marked.at(-1);
      if (!last || from > last[1]) {
        marked.push([from, to]);
        return [[from, to]];
      }
      if (from === last[1]) {
        last[1] = to;
        return [[from, to]];
      }
      const fresh: Stretch[] = [];
      let first = marked.length;
      while (first > 0 && (marked[first - 1] as Stretch)[1] >= from) first -= 1;
      let at = from;
      let end = to;
      let begin = from;
      let next = first;
      for (; next < marked.length; next += 1) {
        const [start, stop] = marked[next] as Stretch;
        if (start > to) break;
        if (start > at) fresh.push([at, start]);
        at = Math.max(at, stop);
        begin = Math.min(begin, start);
        end = Math.max(end, stop);
      }
      if (at < to) fresh.push([at, to]);
      marked.splice(first, next - first, [begin, end]);
      return fresh;
    },
  };
};
