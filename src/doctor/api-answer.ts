import type { Answer } from '../http/send.ts';
import { MARKETPLACE } from '../zoom/marketplace.ts';
import { type Finding, fail, notNeeded, pass, warn } from './check.ts';

const SCOPES = `${MARKETPLACE}, Scopes`;

/**
 * What an answer to `GET /users/me` says of the token. The statuses are Zoom's: 401 means the token, "does not contain scopes"
 * (4711, 4700) is about the app, and 400, 403 and 404 only say that this kind of app may not ask.
 */
export const readProbe = (
  { status, text, headers }: Answer,
  host: string,
  took: string,
  isGiven: boolean,
): Finding & { readonly accountId?: string | undefined } => {
  const body = jsonObject(text);
  const said = body && typeof body.message === 'string' ? body.message : '';
  const code = body && Number.isInteger(body.code) ? Number(body.code) : undefined;
  const tracking = headers['x-zm-trackingid'];
  const words = `${host} answered ${status}${code === undefined ? '' : `, code ${code}`}${said === '' ? '' : ` "${said}"`}${
    tracking ? `; tracking id ${tracking}` : ''
  }`;
  if (/client credentials/i.test(said)) return notNeeded(`${words}: tokens of client_credentials cannot ask this`);
  if (/does not contain scopes?|scope/i.test(said) || code === 4711 || code === 4700) {
    const named = /\[([^\]]*)\]/.exec(said)?.[1];
    return warn(
      words,
      `Only this probe needs the scope, tail does not. To add it: ${SCOPES}, ${named ? named : 'user:read:user:admin'}; then activate the app again.`,
    );
  }
  if (status === 401) {
    return fail(
      words,
      isGiven
        ? 'The given token is expired, replaced or of another account: give a fresh one, or client id and secret, so that zoom-ws asks for tokens itself.'
        : 'A token that was granted a moment ago is not accepted: another program that asks for tokens of the same app may have replaced it (stop it and try again), or --api-url (ZOOM_API_URL) is the host of another region.',
    );
  }
  if (status === 429)
    return warn(words, 'Too many requests to the API: wait a minute and try again; tail does not need it.');
  if (status >= 500) return fail(words, 'Zoom has trouble: try again later; https://status.zoom.us tells more.');
  if (!body || (status >= 300 && status < 400)) {
    return fail(
      `${host} answered ${status}, but not as Zoom does: expected JSON, saw ${firstLine(text)}`,
      'Is a proxy or a login page in the way (HTTPS_PROXY, NO_PROXY), or is --api-url (ZOOM_API_URL) wrong?',
    );
  }
  if (status >= 400 || (code !== undefined && code >= 100)) {
    return warn(words, 'This kind of app may not ask who it is; that is no obstacle for events.');
  }
  const accountId = typeof body.account_id === 'string' ? body.account_id : undefined;
  return { ...pass(`${host} answered ${status} in ${took}`), accountId };
};

const firstLine = (text: string): string => {
  const [line = ''] = text.trim().split(/[\r\n]/, 1);
  return line === '' ? 'nothing' : `"${line.slice(0, 80)}"`;
};

const jsonObject = (text: string): Readonly<Record<string, unknown>> | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)
      : undefined;
  } catch {
    return undefined;
  }
};
