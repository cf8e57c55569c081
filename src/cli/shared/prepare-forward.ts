import type { readForward } from './read-forward.ts';

/** Everything that forwarding needs; what reads it is loaded only where it was asked for. */
export const prepareForward = async (...args: Parameters<typeof readForward>): ReturnType<typeof readForward> => {
  if (args[2].forwardTo === undefined) return undefined;
  const { readForward: read } = await import('./read-forward.ts');
  return read(...args);
};
