/** How long a test waits for what is about to happen: no promise of speed, but room for a machine that is busy. */
export const SOON = { timeout: 15_000 } as const;
