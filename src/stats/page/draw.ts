import type { Glyphs } from './glyphs.ts';

/** A bar of up to so many columns for a share from 0 to 1; what is not nothing shows at least a little. */
export const bar = (share: number, columns: number, { full, parts }: Glyphs): string => {
  if (share <= 0) return '';
  const eighths = share * columns * (parts.length + 1);
  const whole = Math.floor(eighths / (parts.length + 1));
  const rest = Math.floor(eighths % (parts.length + 1));
  const text = full.repeat(whole) + (parts[rest - 1] ?? '');
  return text === '' ? (parts[0] ?? full) : text;
};

/** Counts over time in so many columns, each as high as its share of the highest; none at all is a space. */
export const sparkline = (counts: readonly number[], columns: number, { levels }: Glyphs): string => {
  const heights = resampled(counts, columns);
  const highest = Math.max(...heights);
  return heights
    .map((height) => (height <= 0 ? ' ' : levels[Math.ceil((height / highest) * levels.length) - 1]))
    .join('');
};

/** The same counts in another number of slots; a slot that falls into two is shared between them. */
const resampled = (counts: readonly number[], columns: number): readonly number[] => {
  const out = Array.from({ length: columns }, () => 0);
  const scale = columns / counts.length;
  for (const [slot, count] of counts.entries()) {
    const from = slot * scale;
    const to = from + scale;
    for (let column = Math.floor(from); column < to && column < columns; column += 1) {
      const overlap = Math.min(to, column + 1) - Math.max(from, column);
      out[column] = (out[column] ?? 0) + (count * overlap) / scale;
    }
  }
  return out;
};
