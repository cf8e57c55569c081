import type { Clock, EpochMs } from '../time/clock.ts';
import type { Client } from './client.ts';
import type { FaultName } from './faults.ts';
import type { Heard } from './heard.ts';
import type { Sent } from './sent.ts';

/** What goes on, for the state page and for `/state.json`. Instants are ISO 8601. */
export type State = {
  readonly url: string;
  readonly started_at: string;
  readonly now: string;
  readonly subscriptions: readonly string[];
  readonly clients: readonly ClientFacts[];
  readonly sent: {
    readonly total: number;
    readonly unheard: number;
    readonly by_type: Readonly<Record<string, number>>;
    readonly latest: readonly { readonly at: string; readonly type: string; readonly receivers: number }[];
  };
  readonly faults: readonly FaultName[];
  /** Those of them that end by themselves: for how many more requests each is on. */
  readonly faults_left: Readonly<Record<string, number>>;
  readonly token_requests: number;
  readonly tokens: number;
};

type ClientFacts = {
  readonly id: number;
  readonly subscription: string;
  readonly state: Client['state'];
  readonly connected_at: string;
  readonly heartbeat_at: string | null;
  readonly heartbeats: number;
  readonly sent: number;
  readonly faults: readonly string[];
};

export type StateDeps = {
  readonly url: () => string;
  readonly clock: Clock;
  readonly startedAt: EpochMs;
  readonly subscriptions: () => readonly string[];
  readonly clients: ReadonlySet<Client>;
  readonly sent: Sent;
  readonly faults: () => readonly FaultName[];
  readonly faultsLeft: () => Readonly<Record<string, number>>;
  readonly heard: Heard;
  readonly tokens: () => number;
};

export const stateOf = (deps: StateDeps): State => ({
  url: deps.url(),
  started_at: iso(deps.startedAt),
  now: iso(deps.clock.now()),
  subscriptions: deps.subscriptions(),
  clients: [...deps.clients].map(factsOf),
  sent: {
    total: deps.sent.total,
    unheard: deps.sent.unheard,
    by_type: Object.fromEntries([...deps.sent.byType].sort(([a], [b]) => (a < b ? -1 : 1))),
    latest: deps.sent.latest.map(({ at, ...rest }) => ({ at: iso(at), ...rest })),
  },
  faults: deps.faults(),
  faults_left: deps.faultsLeft(),
  token_requests: deps.heard.tokenRequests.length,
  tokens: deps.tokens(),
});

const factsOf = (client: Client): ClientFacts => ({
  id: client.id,
  subscription: client.subscription,
  state: client.state,
  connected_at: iso(client.openedAt),
  heartbeat_at: client.heartbeatAt === undefined ? null : iso(client.heartbeatAt),
  heartbeats: client.heartbeats,
  sent: client.sent,
  faults: [...client.afflictions, ...(client.state === 'zombie' ? ['zombie'] : [])],
});

const iso = (at: EpochMs): string => new Date(at).toISOString();
