import type { Check } from '../check.ts';
import { apiProbe } from './api-probe.ts';
import { envFile } from './env-file.ts';
import { eventsDuplicates } from './events-duplicates.ts';
import { eventsLag } from './events-lag.ts';
import { eventsOrder } from './events-order.ts';
import { eventsReceived } from './events-received.ts';
import { networkOauth } from './network-oauth.ts';
import { networkSocket } from './network-socket.ts';
import { oauthClock } from './oauth-clock.ts';
import { oauthToken } from './oauth-token.ts';
import { runtime } from './runtime.ts';
import { settings } from './settings.ts';
import { socketAccepted } from './socket-accepted.ts';
import { socketExclusive } from './socket-exclusive.ts';
import { socketHeartbeat } from './socket-heartbeat.ts';
import { socketReconnect } from './socket-reconnect.ts';
import { subscriptionUrl } from './subscription-url.ts';
import { SYNC_CHECKS } from './sync.ts';
import { WEBHOOK_CHECKS } from './webhook.ts';

/** Every check, in the order of the report. A new one is a file beside this one, its id in `check.ts`, and a line here. */
export const CHECKS: readonly Check[] = [
  runtime,
  settings,
  envFile,
  networkOauth,
  oauthToken,
  oauthClock,
  apiProbe,
  subscriptionUrl,
  networkSocket,
  socketAccepted,
  socketHeartbeat,
  socketExclusive,
  socketReconnect,
  eventsDuplicates,
  eventsOrder,
  eventsLag,
  eventsReceived,
  ...WEBHOOK_CHECKS,
  ...SYNC_CHECKS,
];
