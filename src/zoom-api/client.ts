import { ZoomWsError } from '../errors.ts';
import { type Called, type Caller, NoAnswer } from '../http/calls.ts';
import { createPace, type Pace } from '../http/pace.ts';
import { retryAfterMs } from '../http/retry-after.ts';
import type { Secret } from '../secret.ts';
import { backoffMs } from '../time/backoff.ts';
import type { Clock, EpochMs } from '../time/clock.ts';
import { type Category, categoryIn, categoryOf, PER_SECOND } from './categories.ts';
import { dayEndsAt, isDaily } from './limits.ts';
import { refusalOf, ZoomRefusal } from './refusal.ts';

/** The token to ask with: of an app, or of a user who signed in. */
export type ApiTokens = {
  current(): Promise<{ readonly value: Secret }>;
  /** Zoom did not take this one: the next `current` gets another, if there can be one. */
  reject(token: Secret): void;
};

export type ZoomClientDeps = {
  /** Where the API is, once there is a token: without a slash at the end. */
  readonly base: () => string;
  readonly caller: () => Promise<Caller>;
  readonly tokens: ApiTokens;
  readonly clock: Clock;
  readonly random: () => number;
  /** Ends waiting; a call in flight is finished first. */
  readonly signal: AbortSignal;
  /** The longest wait for a limit of the second, or an outage. */
  readonly maxWaitMs: number;
  readonly onWait: (why: string, ms: number) => void;
};

export type Query = Readonly<Record<string, string | undefined>>;

/** Asks Zoom's API at the pace it allows. */
export type ZoomClient = {
  /**
   * The body of an answer. `purpose` names what it is for ("the participants"). Throws `ZoomRefusal`, or `refused` if
   * Zoom takes no token.
   */
  get(path: string, query: Query, purpose: string): Promise<unknown>;
};

/** So often a call is tried that met a limit of the second, an outage or no answer. */
const ATTEMPTS = 5;

export const createZoomClient = (deps: ZoomClientDeps): ZoomClient => {
  const { clock, random, signal, tokens } = deps;
  const paces = new Map<Category, Promise<Pace>>();
  const corrected = new Map<string, Category>();
  let closedUntil: EpochMs = 0;
  const paceOf = (category: Category): Promise<Pace> => {
    const known = paces.get(category) ?? createPace(PER_SECOND[category], clock, signal);
    paces.set(category, known);
    return known;
  };

  const once = async (path: string, query: Query, token: Secret): Promise<Called> => {
    const shape = path.replace(/\/[^/]*\d[^/]*|\/[^/]*(%|=)[^/]*/g, '/*');
    const category = corrected.get(shape) ?? categoryOf(path);
    await (await paceOf(category)).turn();
    signal.throwIfAborted();
    const asked = new URLSearchParams(
      Object.entries(query).filter((pair): pair is [string, string] => pair[1] !== undefined && pair[1] !== ''),
    ).toString();
    const url = `${deps.base()}${path}${asked === '' ? '' : `?${asked}`}`;
    const headers = { authorization: `Bearer ${token.reveal()}`, accept: 'application/json' };
    const answer = await (await deps.caller()).call({ method: 'GET', url, headers });
    const said = categoryIn(answer.headers['x-ratelimit-category']);
    if (said !== undefined && said !== category) corrected.set(shape, said);
    const isSecond = !/daily/i.test(answer.headers['x-ratelimit-type'] ?? '');
    if (answer.headers['x-ratelimit-remaining'] === '0' && isSecond) {
      (await paceOf(said ?? category)).pause(1_000 - (clock.now() % 1_000));
    }
    return answer;
  };

  const get = async (path: string, query: Query, purpose: string): Promise<unknown> => {
    let renewed = false;
    for (let attempt = 1; ; attempt += 1) {
      if (clock.now() < closedUntil) throw dayIsOver(purpose, closedUntil, clock.now());
      const { value } = await tokens.current();
      const outcome = await once(path, query, value).catch((error: unknown) => {
        if (error instanceof NoAnswer && attempt < ATTEMPTS) return undefined;
        throw error;
      });
      const { status = 0, text = '', headers = {} } = outcome ?? {};
      if (status === 401 && !/does not contain scopes/i.test(text)) {
        if (renewed) throw tokenRefused(text);
        renewed = true;
        tokens.reject(value);
        continue;
      }
      if (status === 429 && isDaily(headers, text)) {
        closedUntil = dayEndsAt(headers, clock.now());
        throw dayIsOver(purpose, closedUntil, clock.now());
      }
      if (outcome !== undefined && status !== 429 && status < 500) return bodyOf(outcome, path, purpose);
      const waitMs =
        retryAfterMs({ value: headers['retry-after'], date: headers.date }, clock.now()) ?? backoffMs(attempt, random);
      if (attempt >= ATTEMPTS || waitMs > deps.maxWaitMs) {
        throw new ZoomRefusal(
          'busy',
          `Zoom did not give ${purpose}: it answered ${status}, ${attempt} times in a row.`,
          {
            status,
            trackingId: headers['x-zm-trackingid'],
          },
        );
      }
      deps.onWait(outcome === undefined ? 'Zoom gave no answer' : `Zoom answered ${status}`, waitMs);
      await clock.sleep(waitMs, signal);
    }
  };
  return { get };
};

const bodyOf = ({ status, text, headers }: Called, path: string, purpose: string): unknown => {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    body = undefined;
  }
  // A refusal may come with 200: a number and a message, and nothing of what was asked for.
  const keys = typeof body === 'object' && body !== null ? Object.keys(body) : [];
  const refuses =
    status < 200 ||
    status > 299 ||
    body === undefined ||
    (keys.length === 2 && keys.includes('code') && keys.includes('message'));
  if (refuses) throw refusalOf({ status, body, trackingId: headers['x-zm-trackingid'] }, path, purpose);
  return body;
};

const dayIsOver = (purpose: string, until: EpochMs, now: EpochMs): ZoomRefusal =>
  new ZoomRefusal(
    'daily',
    `Zoom's daily limit is used up, so ${purpose} cannot be had before ${new Date(until).toISOString()}.`,
    {
      status: 429,
      retryAfterMs: until - now,
      hint: 'Run this again after that time: what is done is not done again.',
    },
  );

const tokenRefused = (text: string): ZoomWsError =>
  new ZoomWsError(
    'refused',
    `Zoom's API refused the token, also a fresh one: ${text.replace(/\s+/g, ' ').slice(0, 200)}`,
    {
      hint: 'Run "zoom-ws doctor --only token": is the app activated, and do the credentials belong together?',
    },
  );
