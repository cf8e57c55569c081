import type { Answer } from '../serve/answer.ts';
import type { Clock } from '../time/clock.ts';
import { type Client, freeze, reset, write } from './client.ts';
import { brokenFrame } from './delivery.ts';
import { displace } from './displacement.ts';
import {
  type Affliction,
  type Armed,
  type ConnectionFault,
  FAULTS,
  type FaultName,
  type FaultPlan,
  isRequestFault,
  USUAL_DELAY_MS,
} from './faults.ts';
import { later } from './later.ts';
import type { Log } from './log.ts';
import type { Rules } from './rules.ts';
import type { Webhook } from './webhook.ts';

export type FaultControl = {
  /**
   * Makes a fault happen, `afterMs` from now (default: at once): to every connection that is open then, or to the
   * requests that follow. Returns how many connections are open now.
   */
  fault(name: FaultName, afterMs?: number): number;
  /** Ends every fault: planned, waiting for requests, or on a connection. */
  clear(): void;
};

type Deps = {
  readonly clients: ReadonlySet<Client>;
  /** What can be wrong with webhooks, where an endpoint takes them. */
  readonly webhook: () => Pick<Webhook, 'isReady' | 'afflictions'> | undefined;
  readonly plans: readonly FaultPlan[];
  readonly armed: Armed;
  readonly rules: Rules;
  readonly clock: Clock;
  readonly log: Log;
  readonly signal: AbortSignal;
};

type Inner = FaultControl & {
  /** Starts the clock of the planned faults for a connection that was just accepted. */
  accepted(client: Client): void;
  /** The same for the endpoint that has answered its challenge. */
  webhookReady(): void;
  /** What a token request is answered while a fault of the token endpoint is on. */
  oauthAnswer(): Answer | undefined;
  /** The names of the faults that are planned or on. */
  names(): readonly FaultName[];
  left: Armed['left'];
};

export const createFaultControl = (deps: Deps): Inner => {
  const { clients, armed, clock, log, signal } = deps;
  let plans = deps.plans;
  // Faults that were planned before the latest `clear` no longer happen.
  let generation = 0;

  // Those of requests without a time were on from the start.
  const planned = () => plans.filter(({ name, afterMs }) => !isRequestFault(name) || afterMs !== undefined);
  const live = () => [...clients].filter(({ state }) => state === 'live' || state === 'fading');
  const arm = (name: FaultName) => {
    if (!isRequestFault(name)) return;
    armed.arm(name);
    log({ what: 'fault', text: `fault ${name}: ${FAULTS[name].does}` });
  };
  const strike = (client: Client, name: ConnectionFault) => {
    if (client.state !== 'live' && client.state !== 'fading') return;
    log({ what: 'fault', text: `fault ${name} for client ${client.id}: ${FAULTS[name].does}` });
    AFFLICT[name](client, deps);
  };

  const plan = (name: FaultName, afterMs: number, until: AbortSignal, suffering: () => readonly Client[]) => {
    const mine = generation;
    later(clock, afterMs, until, () => {
      if (mine !== generation) return;
      if (isRequestFault(name)) arm(name);
      else {
        for (const client of suffering()) strike(client, name);
        if (hits(name)) deps.webhook()?.afflictions.add(name as Affliction);
      }
    });
  };

  const hits = (name: FaultName): boolean => AFFLICTIONS.has(name) && deps.webhook()?.isReady() === true;

  for (const { name, afterMs } of plans) if (afterMs === undefined) arm(name);

  return {
    fault(name, afterMs = 0) {
      // Counted first: some faults end the connections that they meet.
      const { length } = live();
      plan(name, afterMs, signal, live);
      return length + (hits(name) ? 1 : 0);
    },
    clear() {
      generation += 1;
      plans = [];
      armed.clear();
      for (const client of clients) client.afflictions.clear();
      deps.webhook()?.afflictions.clear();
      log({ what: 'fault', text: 'all faults are off' });
    },
    accepted(client) {
      for (const { name, afterMs } of plans) {
        if (!isRequestFault(name)) plan(name, afterMs ?? USUAL_DELAY_MS, client.gone.signal, () => [client]);
        else if (afterMs !== undefined) plan(name, afterMs, signal, () => []);
      }
    },
    webhookReady() {
      for (const { name, afterMs } of plans) {
        if (AFFLICTIONS.has(name)) plan(name, afterMs ?? USUAL_DELAY_MS, signal, () => []);
      }
    },
    oauthAnswer() {
      if (armed.strikes('oauth-429')) return BUSY;
      if (armed.strikes('oauth-500')) return BROKEN;
      return undefined;
    },
    names: () => [...new Set([...planned().map(({ name }) => name), ...armed.names()])],
    left: armed.left,
  };
};

const AFFLICTIONS: ReadonlySet<FaultName> = new Set<Affliction>(['duplicate', 'delay', 'reorder', 'malformed']);

// No body of these two is published; this is the shape of Zoom's API errors.
const BUSY: Answer = {
  status: 429,
  body: JSON.stringify({ code: 429, message: 'You have reached the maximum per-second rate limit for this API.' }),
  headers: { 'retry-after': '1' },
};
const BROKEN: Answer = { status: 500, body: JSON.stringify({ code: 500, message: 'Internal Server Error' }) };

const AFFLICT: Readonly<Record<ConnectionFault, (client: Client, deps: Deps) => void>> = {
  drop: reset,
  zombie: freeze,
  displace,
  malformed: (client) => {
    write(client, [brokenFrame(0)]);
    client.afflictions.add('malformed');
  },
  duplicate: ({ afflictions }) => afflictions.add('duplicate'),
  delay: ({ afflictions }) => afflictions.add('delay'),
  reorder: ({ afflictions }) => afflictions.add('reorder'),
};
