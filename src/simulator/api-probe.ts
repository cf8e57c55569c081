import type { Answer, Asked } from '../serve/answer.ts';
import type { Clock } from '../time/clock.ts';
import type { Note } from './heard.ts';
import type { Log } from './log.ts';
import type { Rules } from './rules.ts';
import type { Tokens } from './tokens.ts';

export type ApiProbeDeps = {
  readonly rules: Rules;
  readonly tokens: Tokens;
  readonly clock: Clock;
  readonly note: Note;
  readonly log: Log;
  readonly refusesTokens: () => boolean;
};

/** `GET /v2/users/me`: 200 for a good token, 401 with code 124 for a bad one, 400 for a `client_credentials` token. */
export const apiProbe = (deps: ApiProbeDeps) => {
  const { rules, tokens, clock, note, log } = deps;
  return (asked: Asked): Answer => {
    const [, text] = /^Bearer +(\S+)$/i.exec(asked.headers.authorization ?? '') ?? [];
    const token = text === undefined || deps.refusesTokens() ? undefined : tokens.find(text);
    const answer = answerTo(token?.grant, rules.accountId);
    note('apiRequests', { at: clock.now(), status: answer.status });
    log({ what: 'api', text: `GET ${asked.path}: ${answer.status}`, detail: true });
    return answer;
  };
};

const answerTo = (grant: string | undefined, accountId: string): Answer => {
  if (grant === undefined) {
    return { status: 401, body: JSON.stringify({ code: 124, message: 'Invalid access token.' }) };
  }
  if (grant === 'client_credentials') {
    const message = 'This API does not support client credentials for authorization.';
    return { status: 400, body: JSON.stringify({ code: 124, message }) };
  }
  return { status: 200, body: JSON.stringify(me(accountId)) };
};

const me = (accountId: string) => ({
  id: 'SimulatedUser000000001',
  first_name: 'Ada',
  last_name: 'Example',
  display_name: 'Ada Example',
  email: 'ada@example.com',
  type: 2,
  role_name: 'Owner',
  account_id: accountId,
  timezone: 'Europe/Berlin',
  status: 'active',
});
