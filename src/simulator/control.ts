import { isLoopback, isLoopbackHost } from '../http/hosts.ts';
import type { Answer, Asked } from '../serve/answer.ts';
import { FAULT_NAMES, type FaultName } from './faults.ts';
import type { Log } from './log.ts';

/** What `trigger` asks of a running simulator, as the JSON body of `POST /control`. */
export type ControlRequest = {
  /** Event texts, in order. */
  readonly events?: readonly string[];
  /** They wait this long at most for somebody to receive them. */
  readonly waitMs?: number;
  readonly fault?: { readonly name: FaultName; readonly afterMs: number };
  /** Ends every fault. */
  readonly clear?: true;
};

/** What it is answered. */
export type ControlAnswer = {
  /** How many connections the events went to, or the fault will meet. */
  readonly receivers: number;
};

type Deps = {
  /** The event as it is to be sent, when it has had its effect: it may say that a stream starts or stops. */
  readonly acted: (event: string) => string;
  readonly send: (events: readonly string[]) => number;
  readonly drained: () => Promise<void>;
  /** Resolves as soon as somebody is connected. */
  readonly connected: () => Promise<void>;
  readonly sleep: (ms: number) => Promise<void>;
  readonly fault: (name: FaultName, afterMs: number) => number;
  readonly clear: () => void;
  readonly log: Log;
};

/**
 * The endpoint of `zoom-ws trigger`. Only programs of this machine may use it: not another machine, and no web page in
 * a browser of this one (which sends an Origin, cannot send this content type unasked, and may be fooled by DNS to
 * come here under a foreign Host).
 */
export const control = (deps: Deps) => {
  return async (asked: Asked): Promise<Answer> => {
    const why = whyRefused(asked);
    if (why !== undefined) return { status: 403, body: JSON.stringify({ message: why }) };
    const request = parse(asked.body);
    if (request === undefined) return { status: 400, body: JSON.stringify({ message: 'not a control request' }) };
    if (request.waitMs !== undefined) await Promise.race([deps.connected(), deps.sleep(request.waitMs)]);
    const receivers = act(request, deps);
    await deps.drained();
    const answer: ControlAnswer = { receivers };
    return { status: 200, body: JSON.stringify(answer) };
  };
};

const act = ({ events, fault, clear }: ControlRequest, deps: Deps): number => {
  if (clear) deps.clear();
  if (fault) return deps.fault(fault.name, fault.afterMs);
  if (!events) return 0;
  const receivers = deps.send(events.map(deps.acted));
  const what = events.length === 1 ? 'an event' : `${events.length} events`;
  deps.log({
    what: 'control',
    text: `${what} by trigger, to ${receivers === 1 ? '1 client' : `${receivers} clients`}`,
  });
  return receivers;
};

const whyRefused = ({ from, headers }: Asked): string | undefined => {
  if (!isLoopback(from)) return 'only this machine may use this';
  if (!isLoopbackHost(headers.host ?? '')) return 'only under a name of this machine';
  if (headers.origin !== undefined || headers['sec-fetch-site'] !== undefined) return 'not for web pages';
  if (!/^application\/json\b/i.test(headers['content-type'] ?? '')) return 'the body must be application/json';
  return undefined;
};

const parse = (body: string): ControlRequest | undefined => {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const { events, waitMs, fault, clear } = value as Record<string, unknown>;
  if (events !== undefined && !(Array.isArray(events) && events.every((text) => typeof text === 'string'))) {
    return undefined;
  }
  if (waitMs !== undefined && !(typeof waitMs === 'number' && waitMs >= 0)) return undefined;
  const parsedFault = parseFault(fault);
  if (fault !== undefined && parsedFault === undefined) return undefined;
  return {
    ...(events && { events }),
    ...(waitMs !== undefined && { waitMs }),
    ...(parsedFault && { fault: parsedFault }),
    ...(clear === true && { clear }),
  };
};

const parseFault = (value: unknown): ControlRequest['fault'] => {
  if (typeof value !== 'object' || value === null) return undefined;
  const { name: wanted, afterMs } = value as Record<string, unknown>;
  const name = FAULT_NAMES.find((known) => known === wanted);
  if (name === undefined || typeof afterMs !== 'number' || !(afterMs >= 0)) return undefined;
  return { name, afterMs };
};
