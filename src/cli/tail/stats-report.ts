import type { Arrival } from '../../event/arrival.ts';
import type { Host } from '../../host.ts';
import { useColor } from '../../terminal/use-color.ts';
import type { General } from '../command.ts';

/** The summary of a live run, for stderr. */
export type StatsReport = {
  add(arrival: Arrival): void;
  /** Prints it; `received` is how many events came in all, whatever the filters let through. */
  print(received: number): Promise<void>;
};

/** Sums up what passes, as `zoom-ws stats` would of a recording. Loaded only with `--stats`. */
export const createStatsReport = async (
  { stderr, env }: Pick<Host, 'stderr' | 'env'>,
  general: Pick<General, 'color'>,
): Promise<StatsReport> => {
  const { createSummary, renderSummary, usesUnicode } = await import('../../stats/index.ts');
  const summary = createSummary();
  return {
    add: (arrival) => summary.add(arrival),
    async print(received) {
      const page = await renderSummary(summary.finish({ total: received, malformedLines: 0 }), {
        color: useColor(general.color, env, stderr.isTTY === true),
        columns: stderr.columns ?? 80,
        rows: stderr.rows ?? 24,
        unicode: usesUnicode(env),
        utc: false,
      });
      if (!stderr.writableEnded) stderr.write(page);
    },
  };
};
