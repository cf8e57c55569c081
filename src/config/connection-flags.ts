import { endpoint } from './endpoint.ts';
import { Complaint, choice, count, type Flags, listFlag, positiveDuration, text, valueFlag } from './flag.ts';

/** An id as Zoom makes it: no white space, no quotes, nothing that would need a second look. */
const plainId = (value: string): string => {
  if (/^["'].*["']$/.test(value)) throw new Complaint('expected the value without the quotes around it');
  if (/\s/.test(value)) throw new Complaint('expected no white space in it');
  if (/[^\x21-\x7e]/.test(value)) throw new Complaint('expected plain letters, digits and signs');
  return value;
};

/** The settings of a connection to Zoom: for `tail` and `doctor`. */
export const CONNECTION_FLAGS = {
  accountId: valueFlag({
    spelling: '--account-id <id>',
    env: 'ZOOM_ACCOUNT_ID',
    help: 'account that owns the Server-to-Server OAuth app',
    parse: plainId,
  }),
  grant: valueFlag({
    spelling: '--grant <auto|account_credentials|client_credentials>',
    env: 'ZOOM_GRANT',
    help: 'how the token is asked for; auto: account_credentials if there is an account id',
    parse: choice('auto', 'account_credentials', 'client_credentials'),
    default: 'auto',
  }),
  clientId: valueFlag({
    spelling: '--client-id <id>',
    env: 'ZOOM_CLIENT_ID',
    help: "the app's client id",
    parse: plainId,
  }),
  clientSecret: valueFlag({
    spelling: '--client-secret <secret>',
    env: 'ZOOM_CLIENT_SECRET',
    help: "the app's client secret; better given by environment or file",
    secret: true,
    parse: text,
  }),
  clientSecretFile: valueFlag({
    spelling: '--client-secret-file <path>',
    env: 'ZOOM_CLIENT_SECRET_FILE',
    help: 'file that holds the client secret; "-" reads stdin',
    parse: text,
  }),
  accessToken: valueFlag({
    spelling: '--access-token <token>',
    env: 'ZOOM_ACCESS_TOKEN',
    help: 'a token that you already have; no token is requested then',
    secret: true,
    parse: plainId,
  }),
  subscriptionId: listFlag({
    spelling: '--subscription-id <id>',
    env: 'ZOOM_SUBSCRIPTION_ID',
    help: 'subscription to read; repeat or separate by commas for several; an endpoint URL works too',
    commas: true,
    parse: (value: string) => (value.includes('://') ? endpoint('ws')(value) : { id: plainId(value), url: undefined }),
  }),
  wsUrl: valueFlag({
    spelling: '--ws-url <url>',
    env: 'ZOOM_WS_URL',
    help: "Zoom's event socket; the endpoint URL of the Marketplace works too",
    parse: endpoint('ws'),
    // [Zoom's documentation, "Using WebSockets"]
    default: 'wss://ws.zoom.us/ws',
  }),
  oauthUrl: valueFlag({
    spelling: '--oauth-url <url>',
    env: 'ZOOM_OAUTH_URL',
    help: "Zoom's token endpoint",
    parse: (value: string) => endpoint('http')(value).url,
    // [Zoom's documentation, "Server-to-Server OAuth"]
    default: 'https://zoom.us/oauth/token',
  }),
  apiUrl: valueFlag({
    spelling: '--api-url <url>',
    env: 'ZOOM_API_URL',
    help: "Zoom's API, for the probe of doctor",
    parse: (value: string) => endpoint('http')(value).url,
    shownDefault: "the token's api_url + /v2",
  }),
} satisfies Flags;

/** How a connection is kept: for `tail` and `doctor`. */
export const HEARTBEAT_FLAGS = {
  heartbeat: valueFlag({
    spelling: '--heartbeat <duration>',
    help: 'pause between heartbeats',
    parse: positiveDuration,
    // Zoom asks for one every 30 s [Zoom's documentation, "Using WebSockets"].
    default: '30s',
  }),
  heartbeatTimeout: valueFlag({
    spelling: '--heartbeat-timeout <duration>',
    help: 'nothing received this long after a heartbeat means the connection is dead',
    parse: positiveDuration,
    default: '10s',
  }),
} satisfies Flags;

/** What is done when a connection ends: for `tail`. */
export const RETRY_FLAGS = {
  maxRetries: valueFlag({
    spelling: '--max-retries <n|unlimited>',
    help: 'new attempts after consecutive failures, token requests included',
    parse: (value: string) => (value === 'unlimited' ? Number.POSITIVE_INFINITY : attempts(value)),
    shownDefault: '10 until the first ready, unlimited after it',
  }),
  onDisplaced: valueFlag({
    spelling: '--on-displaced <exit|wait|reclaim>',
    help: 'what to do when another client takes the subscription',
    parse: choice('exit', 'wait', 'reclaim'),
    default: 'exit',
  }),
} satisfies Flags;

const attempts = (value: string): number => {
  if (!/^\d+$/.test(value)) throw new Complaint('expected a whole number, 0 or more, or "unlimited"');
  return count(0)(value);
};
