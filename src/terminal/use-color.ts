/**
 * Whether to colour what goes to a stream. `--color` decides; on `auto` NO_COLOR (https://no-color.org) and
 * FORCE_COLOR do, then TERM=dumb, then whether it is a terminal.
 */
export const useColor = (
  wanted: 'auto' | 'always' | 'never',
  env: Readonly<Record<string, string | undefined>>,
  isTerminal: boolean,
): boolean => {
  if (wanted !== 'auto') return wanted === 'always';
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR) return env.FORCE_COLOR !== '0' && env.FORCE_COLOR !== 'false';
  return isTerminal && env.TERM !== 'dumb';
};
