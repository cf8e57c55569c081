export type Faults = {
  readonly lost: number;
  readonly repeated: number;
  readonly reordered: number;
  readonly invalid: number;
  /** 1 if any byte differed from what was sent. */
  readonly altered: number;
};

export const NO_FAULTS: Faults = { lost: 0, repeated: 0, reordered: 0, invalid: 0, altered: 0 };

/** Looks at each line of an output that is not byte for byte as expected. `good` lines before it were. */
export const inspectLines = (step: number, total: number, good: number) => {
  const seen = new Uint8Array(total).fill(1, 0, good);
  let lines = good;
  let highest = good - 1;
  let distinct = good;
  let repeated = 0;
  let reordered = 0;
  let invalid = 0;
  let rest = '';

  const inspect = (line: string): void => {
    lines += 1;
    const place = placeOf(line, step);
    if (place === undefined || place >= total) invalid += 1;
    else if (seen[place] === 1) repeated += 1;
    else {
      seen[place] = 1;
      distinct += 1;
      if (place < highest) reordered += 1;
      else highest = place;
    }
  };

  return {
    take(chunk: Buffer): void {
      const pieces = (rest + chunk.toString('latin1')).split('\n');
      rest = pieces.pop() ?? '';
      for (const line of pieces) inspect(line);
    },
    lines: () => lines,
    faults: (): Faults => ({ lost: total - distinct, repeated, reordered, invalid, altered: 1 }),
  };
};

/** Which of the expected lines this is; undefined if it is no JSON or none of them. */
const placeOf = (line: string, step: number): number | undefined => {
  try {
    JSON.parse(line);
  } catch {
    return undefined;
  }
  const seq = /\\?"seq\\?":\\?"(\d{12})/.exec(line)?.[1];
  const place = Number(seq) / step;
  return seq !== undefined && Number.isInteger(place) ? place : undefined;
};
