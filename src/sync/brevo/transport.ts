import { ZoomWsError } from '../../errors.ts';
import { type Called, type Caller, NoAnswer } from '../../http/calls.ts';
import { createPace, type Pace } from '../../http/pace.ts';
import type { Secret } from '../../secret.ts';
import type { Clock } from '../../time/clock.ts';
import { formatDuration } from '../../time/duration.ts';
import { BrevoRefusal, keyRefused, refusedIn } from './refusal.ts';

export type TransportDeps = {
  /** Without a slash at the end. */
  readonly base: string;
  readonly key: Secret;
  /** Where the key came from, for messages. */
  readonly place: string;
  readonly caller: Caller;
  readonly clock: Clock;
  readonly random: () => number;
  /** Ends waiting; a call in flight is finished first. */
  readonly signal: AbortSignal;
  /** The longest wait for a limit. */
  readonly maxWaitMs: number;
  readonly onWait: (why: string, ms: number) => void;
};

export type Ask = {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly body?: unknown;
  /** Statuses that are an answer, besides 2xx. */
  readonly takes?: readonly number[];
  /** An event may be repeated only if it surely did not arrive. */
  readonly once?: boolean;
  /** Done before the first call is made, when its turn has come. */
  readonly begin?: () => Promise<void>;
};

/** A limit would have to be waited for longer than allowed: the run ends. */
export class LimitOutlasted extends ZoomWsError {
  constructor(why: string, ms: number) {
    super('unreachable', `${why}: the next call may be made in ${formatDuration(ms)}, longer than --max-wait.`, {
      hint: 'Run this again later, or with a longer --max-wait: what is done is not done again.',
    });
  }
}

/** What became of an ask: an answer, or nobody knows. */
export type Outcome = Called | 'unknown';

/** Calls to Brevo, contacts and events each at the pace that Brevo allows. */
export type Transport = (ask: Ask) => Promise<Outcome>;

/** Where no answer names a limit per second: Brevo allows 10 to every plan [Brevo's documentation, limits]. */
const USUAL_PER_SECOND = 8;
const SHARE_OF_LIMIT = 0.8;
const ATTEMPTS = 5;
const FIRST_WAIT_MS = 1_000;

export const createTransport = (deps: TransportDeps): Transport => {
  const { clock, signal } = deps;
  const paces = new Map<string, Promise<Pace>>();
  const paceFor = (path: string): Promise<Pace> => {
    const kind = path.startsWith('/events') ? 'events' : 'contacts';
    const pace = paces.get(kind) ?? createPace(USUAL_PER_SECOND, clock, signal);
    paces.set(kind, pace);
    return pace;
  };
  const headers = { 'api-key': deps.key.reveal(), accept: 'application/json', 'content-type': 'application/json' };

  const wait = async (why: string, ms: number): Promise<void> => {
    if (ms > deps.maxWaitMs) throw new LimitOutlasted(why, ms);
    deps.onWait(why, ms);
    await clock.sleep(ms, signal);
  };

  return async ({ method, path, body, takes = [], once = false, begin }) => {
    const pace = await paceFor(path);
    for (let attempt = 1; ; attempt += 1) {
      const doubled = FIRST_WAIT_MS * 2 ** (attempt - 1);
      await pace.turn();
      signal.throwIfAborted();
      if (attempt === 1) await begin?.();
      const call = { method, url: `${deps.base}${path}`, headers };
      const asked = deps.caller.call(body === undefined ? call : { ...call, body: JSON.stringify(body) });
      const answer = await asked.catch((error: unknown) => {
        if (error instanceof NoAnswer) return error;
        throw error;
      });
      if (answer instanceof NoAnswer) {
        if (once && answer.mayHaveArrived) return 'unknown';
        if (attempt >= ATTEMPTS) throw answer;
        await wait(answer.message.replace(/\.$/, ''), doubled);
        continue;
      }
      const { status } = answer;
      const { limit, resetMs, isUsedUp } = limitsIn(answer.headers);
      if (limit !== undefined && resetMs === 1_000) pace.setLimit(limit * SHARE_OF_LIMIT);
      if (isUsedUp && status !== 429) pace.pause(resetMs ?? FIRST_WAIT_MS);
      if ((status >= 200 && status < 300) || takes.includes(status)) return answer;
      const refused = refusedIn(answer);
      if (status === 401 || status === 402 || status === 403) throw keyRefused(status, refused, deps.place);
      if (once && status >= 500) return 'unknown';
      const mayPass = status === 425 || status === 429 || status >= 500;
      if (!mayPass || attempt >= ATTEMPTS) {
        const { code, message, requestId } = refused;
        throw new BrevoRefusal(message, { status, brevoCode: code, requestId, mayPass });
      }
      const waitMs = status === 429 ? (resetMs ?? doubled) : doubled;
      if (status === 429) pace.pause(Math.min(waitMs, deps.maxWaitMs));
      await wait(`Brevo answered ${status}`, waitMs);
    }
  };
};

const limitsIn = (headers: Called['headers']) => {
  const number = (name: string): number | undefined => {
    const text = headers[`x-sib-ratelimit-${name}`];
    return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
  };
  const reset = number('reset');
  return {
    limit: number('limit'),
    resetMs: reset === undefined ? undefined : reset * 1_000,
    isUsedUp: number('remaining') === 0,
  };
};
