import type { Finding } from './finding.ts';
import type { TokenDesk } from './token-desk.ts';

/** What the checks of section 9 find; made by whoever knows the settings of the sync. */
export type SyncProbe = {
  readonly config: () => Promise<Finding>;
  readonly key: () => Promise<Finding>;
  readonly account: (signal: AbortSignal) => Promise<Finding>;
  readonly lists: (signal: AbortSignal) => Promise<Finding>;
  readonly attributes: (signal: AbortSignal) => Promise<Finding>;
  readonly scopes: (tokens: TokenDesk) => Promise<Finding>;
  readonly ledger: (signal: AbortSignal) => Promise<Finding>;
};
