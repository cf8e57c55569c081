/** The first pause may last up to this long; each further one up to twice the one before [Zoom's guide: base 1 s]. */
const BASE_MS = 1_000;
/** No pause lasts longer [Zoom's guide: cap 30 s]. */
const CAP_MS = 30_000;
/** Nor shorter, however the dice fall: a server in trouble must not be hammered. */
const LEAST_MS = 250;

/** How long to wait before attempt `failures` + 1, in milliseconds: exponential, with full jitter. */
export const backoffMs = (failures: number, random: () => number): number => {
  const ceiling = Math.min(CAP_MS, BASE_MS * 2 ** Math.min(failures - 1, 16));
  return Math.max(LEAST_MS, Math.round(random() * ceiling));
};
