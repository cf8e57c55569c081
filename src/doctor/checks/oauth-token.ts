import { formatDuration } from '../../time/duration.ts';
import { type Check, pass, warn } from '../check.ts';
import { connectionOf } from '../connection-of.ts';

/** Zoom's tokens live an hour; below this something is odd, and hand-overs come thick and fast. */
const SHORT_LIFE_MS = 600_000;

export const oauthToken: Check = {
  id: 'oauth.token',
  section: 1,
  title: 'Zoom grants a token',
  needs: ['setup.settings', 'network.oauth'],
  limitMs: 40_000,
  async run(context) {
    const { credentials } = connectionOf(context);
    const { tokens, clock } = context;
    const startedAt = clock.monotonic();
    const { value, granted } = await tokens.token();
    if (credentials.kind === 'token') return givenToken(value.reveal(), credentials.place, clock.now());
    if (!granted) throw new TypeError('a token that was asked for is known');
    const scopes = granted.scope?.split(/\s+/).filter((scope) => scope !== '').length ?? 0;
    const detour = granted.insteadOf;
    const detail = [
      `granted for ${granted.grant} in ${formatDuration(clock.monotonic() - startedAt)}`,
      `expires in ${formatDuration(granted.lifeMs)}`,
      scopes === 0 ? 'no scopes named' : `${scopes} ${scopes === 1 ? 'scope' : 'scopes'}`,
      ...(granted.apiUrl ? [`API at ${hostOf(granted.apiUrl)}`] : []),
      ...(detour ? [`${detour} is not supported for this app: --grant ${granted.grant} saves the detour`] : []),
    ].join(', ');
    return granted.lifeMs < SHORT_LIFE_MS
      ? warn(`${detail}; Zoom's tokens live 1h`, "A short life means many hand-overs: is the token URL Zoom's own?")
      : pass(detail);
  },
};

const givenToken = (token: string, place: string, now: number) => {
  const expiresAt = expiryOf(token);
  if (expiresAt === undefined) return pass(`given by ${place}; when it expires cannot be seen`);
  const leftMs = expiresAt - now;
  return leftMs > 0
    ? pass(`given by ${place}; expires in ${formatDuration(leftMs)}`)
    : warn(
        `given by ${place}; expired ${formatDuration(-leftMs)} ago, by the clock of this machine`,
        'Tokens live an hour: give a fresh one, or client id and secret, so that zoom-ws asks for tokens itself.',
      );
};

/** Zoom's tokens are JWTs in practice, which is not documented: one that cannot be read is no fault. */
const expiryOf = (token: string): number | undefined => {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    const exp = typeof claims === 'object' && claims !== null && 'exp' in claims ? claims.exp : undefined;
    return typeof exp === 'number' ? exp * 1000 : undefined;
  } catch {
    return undefined;
  }
};

const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : 'an address that is no URL');
