import { randomBytes, randomInt } from 'node:crypto';
import type { Answer, Asked } from '../../serve/answer.ts';
import type { Clock, EpochMs } from '../../time/clock.ts';
import type { Rules } from '../rules.ts';
import { type Client, clientOf } from './clients.ts';

type Device = {
  readonly client: Client;
  readonly userCode: string;
  readonly expiresAt: EpochMs;
  state: 'pending' | 'approved' | 'denied';
  polledAt: EpochMs;
};

/** What a poll is told [RFC 8628, 3.5]. */
export type DevicePoll = 'authorization_pending' | 'slow_down' | 'expired_token' | 'access_denied' | 'approved';

/** [Zoom's documentation, device flow] */
const CODE_LIFE_MS = 900_000;
const MOST_OPEN = 500;
/** Without the letters and digits that are taken for one another. */
const LETTERS = 'BCDFGHJKLMNPQRSTVWXZ';

type Deps = { readonly rules: Rules; readonly clock: Clock; readonly baseUrl: () => string };

/** The device flow: a code for another screen, the page where it is typed, and the polls meanwhile. */
export const createDevices = ({ rules, clock, baseUrl }: Deps) => {
  const open = new Map<string, Device>();
  return {
    /** `POST /oauth/devicecode`, the client by Basic or by its public id, in the body or the query. */
    request({ headers, body, query }: Asked): Answer {
      const named = new URLSearchParams(body).get('client_id') ?? query.get('client_id') ?? '';
      const client = clientOf(rules, headers.authorization, named);
      if (client === undefined)
        return json(400, { reason: 'Invalid client_id or client_secret', error: 'invalid_client' });
      const deviceCode = randomBytes(24).toString('base64url');
      const userCode = Array.from({ length: 8 }, () => LETTERS[randomInt(LETTERS.length)]).join('');
      open.set(deviceCode, { client, userCode, expiresAt: clock.now() + CODE_LIFE_MS, state: 'pending', polledAt: 0 });
      const [oldest] = open.keys();
      if (open.size > MOST_OPEN && oldest !== undefined) open.delete(oldest);
      return json(200, {
        device_code: deviceCode,
        user_code: userCode,
        verification_uri: `${baseUrl()}/oauth_device`,
        verification_uri_complete: `${baseUrl()}/oauth_device?user_code=${userCode}`,
        expires_in: CODE_LIFE_MS / 1000,
        interval: rules.devicePollSeconds,
      });
    },
    /** `GET /oauth_device`: whoever comes with a code that is open has decided, as the rules say. */
    page({ query }: Asked): Answer {
      const typed = (query.get('user_code') ?? '').replace(/[\s-]/g, '').toUpperCase();
      const device = [...open.values()].find(
        ({ userCode, state, expiresAt }) => userCode === typed && state === 'pending' && expiresAt > clock.now(),
      );
      if (device === undefined)
        return page(typed === '' ? 200 : 404, typed === '' ? FORM : `<p>No such code.</p>${FORM}`);
      device.state = rules.consents ? 'approved' : 'denied';
      return page(200, `<p>The device is ${rules.consents ? 'signed in' : 'denied'}.</p>`);
    },
    poll(deviceCode: string, client: Client): DevicePoll {
      const device = open.get(deviceCode);
      if (device === undefined || device.client !== client || device.expiresAt <= clock.now()) return 'expired_token';
      const isEarly = clock.now() - device.polledAt < rules.devicePollSeconds * 1000 - EARLY_MS;
      device.polledAt = clock.now();
      if (device.state === 'pending') return isEarly ? 'slow_down' : 'authorization_pending';
      open.delete(deviceCode);
      return device.state === 'approved' ? 'approved' : 'access_denied';
    },
  };
};

/** Timers are a little early, and requests take different times. */
const EARLY_MS = 250;

const FORM = '<form><label>Code <input name="user_code" autofocus></label> <button>Sign in</button></form>';

const page = (status: number, content: string): Answer => ({
  status,
  type: 'text/html;charset=UTF-8',
  headers: { 'content-security-policy': "default-src 'none'; form-action 'self'; frame-ancestors 'none'" },
  body: `<!doctype html><html lang="en"><meta charset="utf-8"><title>Sign in a device</title>${content}</html>\n`,
});

const json = (status: number, body: object): Answer => ({ status, body: JSON.stringify(body) });
