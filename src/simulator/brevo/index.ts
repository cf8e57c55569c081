import type { Answer, Asked } from '../../serve/answer.ts';
import type { Clock } from '../../time/clock.ts';
import type { Armed } from '../faults.ts';
import type { Log } from '../log.ts';
import type { Rules } from '../rules.ts';
import { BROKEN, BUSY, IN_PROCESS, invalid, NO_KEY, refusal, WRONG_KEY } from './answers.ts';
import type { Body } from './contacts.ts';
import { routesOf } from './routes.ts';
import { type BrevoStore, createBrevoStore } from './store.ts';

export type { BrevoStore } from './store.ts';

type Deps = {
  readonly rules: Rules;
  readonly clock: Clock;
  readonly log: Log;
  readonly armed: Armed;
  readonly signal: AbortSignal;
};

export type BrevoStandIn = {
  readonly store: BrevoStore;
  /** Answers a call below `/brevo/v3`; undefined for any other path. */
  answer(asked: Asked): Promise<Answer> | undefined;
};

const BASE = '/brevo/v3';
const SECOND_MS = 1_000;
/** No client waits longer. */
const NEVER_MS = 600_000;

/** A stand-in for Brevo's API: contacts, lists, attributes and events, in memory, with Brevo's limits and words. */
export const createBrevo = ({ rules, clock, log, armed, signal }: Deps): BrevoStandIn => {
  const store = createBrevoStore();
  const routes = routesOf(store, () => new Date(clock.now()).toISOString());
  const windows = new Map<string, { since: number; count: number }>();

  /** Counts a call; what is left of this second. */
  const count = (kind: string): number => {
    const now = clock.monotonic();
    const window = windows.get(kind);
    if (window === undefined || now - window.since >= SECOND_MS) {
      windows.set(kind, { since: now, count: 1 });
      return rules.brevoPerSecond - 1;
    }
    window.count += 1;
    return rules.brevoPerSecond - window.count;
  };

  const answerTo = async (asked: Asked, path: string): Promise<Answer> => {
    const key = asked.headers['api-key'];
    if (key === undefined) return NO_KEY;
    if (!key.startsWith('xkeysib-') || armed.isOn('brevo-401')) return WRONG_KEY;
    const isEvent = path === '/events';
    const isWrite = asked.method !== 'GET' && !isEvent;
    const left = count(isEvent ? 'events' : 'contacts');
    const headers = {
      'x-sib-ratelimit-limit': String(rules.brevoPerSecond),
      'x-sib-ratelimit-remaining': String(Math.max(0, left)),
      'x-sib-ratelimit-reset': '1',
      'sib-request-id': `simulated-${store.nextId}-${store.events.length}`,
    };
    if (left < 0 || armed.strikes('brevo-429'))
      return { ...BUSY, headers: { ...headers, 'x-sib-ratelimit-remaining': '0' } };
    if (isWrite && armed.strikes('brevo-425')) return { ...IN_PROCESS, headers };
    if (armed.strikes('brevo-500')) return { ...BROKEN, headers };
    const body = bodyOf(asked.body);
    if (body === undefined) return { ...invalid('Invalid JSON body'), headers };
    for (const [method, pattern, route] of routes) {
      const match = method === asked.method ? pattern.exec(path) : null;
      if (match === null) continue;
      const answer = route({ id: decoded(match[1] ?? ''), body, query: asked.query });
      if (isEvent && armed.strikes('brevo-timeout')) await clock.sleep(NEVER_MS, signal).catch(() => {});
      return { ...answer, headers };
    }
    return { ...refusal(404, 'document_not_found', 'Not part of the stand-in'), headers };
  };

  return {
    store,
    answer(asked) {
      if (!asked.path.startsWith(`${BASE}/`)) return undefined;
      const path = asked.path.slice(BASE.length);
      return answerTo(asked, path).then((answer) => {
        const shownPath = path.replace(/[^/]*(@|%40)[^/]*/g, '***');
        log({ what: 'api', text: `Brevo: ${asked.method} ${shownPath}: ${answer.status}`, detail: true });
        return answer;
      });
    },
  };
};

const bodyOf = (text: string): Body | undefined => {
  if (text === '') return {};
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null && !Array.isArray(body) ? (body as Body) : undefined;
  } catch {
    return undefined;
  }
};

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};
