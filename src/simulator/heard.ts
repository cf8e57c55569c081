import type { EpochMs } from '../time/clock.ts';

/** What the simulator was asked and told, for tests and the state page. Each list keeps its latest entries. */
export type Heard = {
  readonly tokenRequests: readonly TokenRequest[];
  readonly apiRequests: readonly { readonly at: EpochMs; readonly status: number }[];
  readonly upgrades: readonly Upgrade[];
  readonly frames: readonly ClientFrame[];
  readonly closes: readonly ClientClose[];
};

export type TokenRequest = {
  readonly at: EpochMs;
  readonly grant: string;
  readonly accountId: string;
  readonly contentType: string;
  readonly query: string;
  readonly body: string;
  readonly status: number;
};
export type Upgrade = {
  readonly at: EpochMs;
  readonly subscription: string;
  readonly token: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
};
export type ClientFrame = { readonly at: EpochMs; readonly client: number; readonly text: string };
export type ClientClose = {
  readonly at: EpochMs;
  readonly client: number;
  readonly subscription: string;
  /** 1006 where the connection ended without a close frame from the client. */
  readonly code: number;
  readonly reason: string;
};

/** Enough for any test; a simulator that runs for weeks does not grow. */
const KEPT = 20_000;

export const createHeard = (): { heard: Heard; note: Note } => {
  const heard = { tokenRequests: [], apiRequests: [], upgrades: [], frames: [], closes: [] };
  const note: Note = (list, entry) => {
    const entries: unknown[] = heard[list];
    entries.push(entry);
    if (entries.length > KEPT) entries.splice(0, KEPT / 2);
  };
  return { heard, note };
};

export type Note = <List extends keyof Heard>(list: List, entry: Heard[List][number]) => void;
