import type { Credentials } from '../oauth/credentials.ts';
import type { SecretKeeper } from '../secret.ts';
import type { Subscription } from '../zoom/subscription.ts';
import { type FoundSecret, readClientSecret } from './client-secret.ts';
import type { CONNECTION_FLAGS } from './connection-flags.ts';
import type { Layer } from './env.ts';
import type { Reading } from './read-flags.ts';
import { chooseSubscriptions } from './subscriptions.ts';

/** Everything that is needed to reach Zoom, complete and well-formed. */
export type Connection = {
  readonly credentials: Credentials;
  readonly subscriptions: readonly Subscription[];
  readonly oauthUrl: string;
  /** Undefined: the token's answer says. */
  readonly apiUrl: string | undefined;
};

export type ConnectionReading = {
  /** Undefined if there are complaints. */
  readonly connection: Connection | undefined;
  readonly complaints: readonly string[];
  /** What works but should be known: a secret on the command line, credentials from several places. */
  readonly warnings: readonly string[];
};

type ConnectionFlags = typeof CONNECTION_FLAGS;

export type ConnectionContext = {
  readonly cwd: string;
  /** Read only if the client secret's file is "-". */
  readonly stdin: AsyncIterable<unknown>;
  readonly secrets: SecretKeeper;
  readonly layers: readonly Layer[];
};

/**
 * Completes the settings: which credentials, which subscriptions, which URLs. Collects every complaint, so that all are
 * seen at once; never throws for what the user wrote.
 */
export const readConnection = async (
  reading: Reading<ConnectionFlags>,
  context: ConnectionContext,
): Promise<ConnectionReading> => {
  const { values, origins } = reading;
  const complaints = [...reading.complaints];
  const lookedIn = `looked at the flag, ${context.layers.map(layerName).join(' and ')}`;
  const secret = await readClientSecret(reading, context, complaints);
  const credentials = chooseCredentials(reading, secret, context.secrets, lookedIn, complaints);
  const subscriptions = chooseSubscriptions(reading, lookedIn, complaints);
  const warnings = [...mixedPlaces(origins, secret, credentials), ...secretsInSight(origins)];
  if (complaints.length > 0 || !credentials) return { connection: undefined, complaints, warnings };
  const { oauthUrl } = values;
  const apiUrl = values.apiUrl?.replace(/\/+$/, '');
  return { connection: { credentials, subscriptions, oauthUrl, apiUrl }, complaints, warnings };
};

const layerName = ({ name, path }: Layer): string => (path === undefined || path === name ? name : `${name} (${path})`);

const chooseCredentials = (
  { values, origins }: Reading<ConnectionFlags>,
  secret: FoundSecret | undefined,
  secrets: SecretKeeper,
  lookedIn: string,
  complaints: string[],
): Credentials | undefined => {
  if (values.accessToken !== undefined && origins.accessToken) {
    return { kind: 'token', token: secrets.keep(values.accessToken), place: origins.accessToken.place };
  }
  if (origins.accessToken) return undefined;
  const { grant } = values;
  const missing = (what: string, names: string) => complaints.push(`The ${what} (${names}) is missing: ${lookedIn}.`);
  if (!origins.clientId) missing('client id', '--client-id, ZOOM_CLIENT_ID');
  if (!origins.clientSecret && !origins.clientSecretFile)
    missing('client secret', '--client-secret, ZOOM_CLIENT_SECRET');
  if (grant === 'account_credentials' && !origins.accountId) {
    missing('account id', '--account-id, ZOOM_ACCOUNT_ID; the grant account_credentials needs it');
  }
  if (values.clientId === undefined || secret === undefined) return undefined;
  // The two together are what travels in the Basic header: that form is as secret as the secret.
  secrets.keep(`${values.clientId}:${secret.value}`);
  return {
    kind: 'app',
    grant,
    accountId: values.accountId,
    clientId: values.clientId,
    clientSecret: secrets.keep(secret.value),
    place: secret.place,
  };
};

/** Credentials that come from different places may belong to different apps: said, not forbidden. */
const mixedPlaces = (
  origins: Reading<ConnectionFlags>['origins'],
  secret: FoundSecret | undefined,
  credentials: Credentials | undefined,
): string[] => {
  if (credentials?.kind === 'token') return [];
  const secretOrigin = secret?.place === origins.clientSecret?.place ? origins.clientSecret : origins.clientSecretFile;
  const parts = [
    { what: 'account id', origin: origins.accountId },
    { what: 'client id', origin: origins.clientId },
    { what: 'client secret', origin: secret && secretOrigin },
  ].flatMap(({ what, origin }) => (origin ? [{ what, origin }] : []));
  if (new Set(parts.map(({ origin }) => origin.rank)).size < 2) return [];
  const list = parts.map(
    ({ what, origin }) => `${what} from ${origin.rank === 0 ? `the command line (${origin.place})` : origin.place}`,
  );
  return [`the credentials come from different places: ${list.join(', ')}`];
};

const secretsInSight = (origins: Reading<ConnectionFlags>['origins']): string[] =>
  [origins.clientSecret, origins.accessToken].flatMap((origin) =>
    origin?.rank === 0
      ? [
          `${origin.place} on the command line can be seen by every user of this machine; better in the environment, .env or a file`,
        ]
      : [],
  );
