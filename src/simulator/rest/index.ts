import type { Answer, Asked } from '../../serve/answer.ts';
import type { Armed } from '../faults.ts';
import type { Log } from '../log.ts';
import type { Tokens } from '../tokens.ts';
import { json, notThere } from './pages.ts';
import { routesOf } from './routes.ts';
import { createWorld } from './world.ts';

type Deps = { readonly tokens: Tokens; readonly armed: Armed; readonly log: Log };

/** Look-ups that tell of people: those that a lacking scope or a day's limit meets first. */
const OF_PEOPLE = /\/(participants|registrants|absentees)$/;

const INVALID_TOKEN = json(401, { code: 124, message: 'Invalid access token.' });
const BUSY: Answer = {
  ...json(429, {
    code: 429,
    message: 'You have reached the maximum per-second rate limit for this API. Try again later.',
  }),
  headers: { 'retry-after': '1', 'x-ratelimit-type': 'QPS' },
};
const DAILY: Answer = {
  ...json(429, { code: 429, message: 'You have reached the maximum daily rate limit for this API.' }),
  headers: { 'x-ratelimit-type': 'Daily-limit' },
};
const NO_SCOPE = json(400, {
  code: 4711,
  message: 'Invalid access token, does not contain scopes:[meeting:read:list_past_participants:admin].',
});

/** The REST look-ups of the simulator: they tell what the events that were sent have told. */
export const createRest = ({ tokens, armed, log }: Deps) => {
  const world = createWorld();
  const routes = routesOf(world);
  const answerTo = ({ headers, query }: Asked, path: string): Answer | undefined => {
    const [, text] = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '') ?? [];
    if (text === undefined || armed.isOn('reject-token') || tokens.find(text) === undefined) return INVALID_TOKEN;
    if (armed.isOn('zoom-daily')) return DAILY;
    if (armed.strikes('zoom-429')) return BUSY;
    if (OF_PEOPLE.test(path)) {
      if (armed.isOn('no-scope')) return NO_SCOPE;
      if (path.endsWith('/participants') && armed.strikes('not-ready')) return notThere('Meeting');
    }
    for (const [pattern, route] of routes) {
      const match = pattern.exec(path);
      // Encoded once by everybody, and once more where a uuid has slashes that matter.
      if (match !== null) return route(decoded(decoded(match[1] ?? '')), query);
    }
    return undefined;
  };
  return {
    tell: world.tell,
    /** Answers a look-up below `/v2`; undefined for any other path. */
    answer(asked: Asked): Answer | undefined {
      if (asked.method !== 'GET' || !asked.path.startsWith('/v2/')) return undefined;
      const path = asked.path.slice('/v2'.length);
      const answer = answerTo(asked, path);
      if (answer !== undefined) {
        const shown = path.replace(/[^/]*(@|%40)[^/]*/g, '***');
        log({ what: 'api', text: `GET /v2${shown}: ${answer.status}`, detail: true });
      }
      return answer;
    },
  };
};

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};
