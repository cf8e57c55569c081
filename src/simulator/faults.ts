/** A fault on purpose, as `--fault` names it. What each does, and for how long, is said once, here. */
export const FAULTS = {
  drop: { on: 'connection', does: 'the connection is reset, without a close frame' },
  zombie: { on: 'connection', does: 'the connection stays open and says nothing more' },
  displace: { on: 'connection', does: 'another client takes the subscription' },
  duplicate: { on: 'connection', does: 'from then on, every event comes twice' },
  delay: { on: 'connection', does: 'from then on, every event comes 3 seconds late' },
  reorder: { on: 'connection', does: 'from then on, every second event overtakes the one before it' },
  malformed: { on: 'connection', does: 'a broken frame, and one more after every fifth event' },
  'reject-token': { on: 'request', does: 'every token is refused, by the socket and the API' },
  'bad-subscription': { on: 'request', does: 'every subscription id is refused' },
  'oauth-429': { on: 'request', does: 'three token requests are answered 429, with Retry-After: 1', times: 3 },
  'oauth-500': { on: 'request', does: 'three token requests are answered 500', times: 3 },
  'bad-signature': { on: 'request', does: 'every webhook has a wrong signature' },
  unsigned: { on: 'request', does: 'every webhook lacks its signature' },
  stale: { on: 'request', does: 'every webhook has the timestamp of a day ago' },
  'slow-body': { on: 'request', does: 'the second half of every webhook comes 2 seconds late' },
  'slow-handshake': { on: 'request', does: 'every connection waits 5 seconds for its answer' },
  'zoom-429': { on: 'request', does: 'three look-ups are answered 429, with Retry-After: 1', times: 3 },
  'zoom-daily': { on: 'request', does: 'every look-up is answered 429: the limit of the day is used up' },
  'not-ready': { on: 'request', does: 'three look-ups of people find no such meeting yet (3001)', times: 3 },
  'no-scope': { on: 'request', does: 'every look-up of people is refused for want of a scope' },
  'brevo-401': { on: 'request', does: "Brevo's stand-in refuses every key" },
  'brevo-425': { on: 'request', does: 'three calls that write contacts are answered 425', times: 3 },
  'brevo-429': { on: 'request', does: "three calls to Brevo's stand-in are answered 429", times: 3 },
  'brevo-500': { on: 'request', does: "three calls to Brevo's stand-in are answered 500", times: 3 },
  'brevo-timeout': { on: 'request', does: "one event reaches Brevo's stand-in, and is never answered", times: 1 },
} as const satisfies Record<string, { on: 'connection' | 'request'; does: string; times?: number }>;

export type FaultName = keyof typeof FAULTS;

export const FAULT_NAMES = Object.keys(FAULTS) as readonly FaultName[];

/** A fault that is to happen; `afterMs` undefined: at its usual time. */
export type FaultPlan = { readonly name: FaultName; readonly afterMs?: number | undefined };

/** What can be wrong with the events of one connection from some moment on. */
export type Affliction = 'duplicate' | 'delay' | 'reorder' | 'malformed';

/** How long after its acceptance a live connection suffers, where no time is given. */
export const USUAL_DELAY_MS = 5_000;
export const SLOW_HANDSHAKE_MS = 5_000;
export const EVENT_DELAY_MS = 3_000;

export type RequestFault = {
  [Name in FaultName]: (typeof FAULTS)[Name]['on'] extends 'request' ? Name : never;
}[FaultName];
export type ConnectionFault = Exclude<FaultName, RequestFault>;

export const isRequestFault = (name: FaultName): name is RequestFault => FAULTS[name].on === 'request';

/** The request faults that are on, and for how many more requests. */
export type Armed = {
  arm(name: RequestFault): void;
  isOn(name: RequestFault): boolean;
  /** Whether this request is to suffer; counts it. */
  strikes(name: RequestFault): boolean;
  clear(): void;
  names(): readonly RequestFault[];
  /** For how many more requests each is on that ends by itself. */
  left(): Readonly<Record<string, number>>;
};

export const createArmed = (): Armed => {
  const left = new Map<RequestFault, number>();
  const isOn = (name: RequestFault) => (left.get(name) ?? 0) > 0;
  return {
    isOn,
    arm(name) {
      const fault = FAULTS[name];
      left.set(name, 'times' in fault ? fault.times : Number.POSITIVE_INFINITY);
    },
    strikes(name) {
      const on = isOn(name);
      if (on) left.set(name, (left.get(name) ?? 0) - 1);
      return on;
    },
    clear: () => left.clear(),
    names: () => [...left.keys()].filter(isOn),
    left: () => Object.fromEntries([...left].filter(([name, count]) => isOn(name) && Number.isFinite(count))),
  };
};
