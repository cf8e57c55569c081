import type { Credentials } from '../oauth/credentials.ts';
import type { SecretKeeper } from '../secret.ts';
import type { Subscription } from '../zoom/subscription.ts';
import { type FoundSecret, readClientSecret, type SecretContext } from './client-secret.ts';
import type { CONNECTION_FLAGS } from './connection-flags.ts';
import type { Layer } from './env.ts';
import type { Reading } from './read-flags.ts';
import { chooseSubscriptions, type FoundSubscription } from './subscriptions.ts';
import { misdirection } from './trust.ts';
import { inUse, type Written } from './written.ts';
import { isAbout, type WrongValue, wrongValues } from './wrong-values.ts';

/** Everything that is needed to reach Zoom, complete and well-formed. */
export type Connection = {
  readonly credentials: Credentials;
  readonly subscriptions: readonly Subscription[];
  readonly oauthUrl: string;
  /** Undefined: the token's answer says. */
  readonly apiUrl: string | undefined;
};

export type ConnectionReading = {
  /** Undefined if there are complaints, or values that cannot be right. */
  readonly connection: Connection | undefined;
  readonly complaints: readonly string[];
  /** What is wrong with the values that are used; what `complaints` say of the same value, `isAbout` tells. */
  readonly wrong: readonly WrongValue[];
  /** What works but should be known: a secret on the command line, credentials from several places. */
  readonly warnings: readonly string[];
};

type ConnectionFlags = typeof CONNECTION_FLAGS;

export type ConnectionContext = SecretContext & {
  readonly secrets: SecretKeeper;
  readonly layers: readonly Layer[];
  readonly written: readonly Written[];
  /** Only the API is asked: a subscription is not needed, and not looked for. */
  readonly isForApi?: boolean;
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
  const lookedIn = `looked at ${listed(['the flag', ...context.layers.map(layerName)])}`;
  const secret = await readClientSecret(reading, context, complaints);
  const credentials = chooseCredentials(reading, secret, context.secrets, lookedIn, complaints);
  const subscriptions = context.isForApi === true ? [] : chooseSubscriptions(reading, lookedIn, complaints);
  complaints.push(...misdirections(reading, secret, subscriptions));
  const warnings = [...mixedPlaces(origins, secret, credentials), ...secretsInSight(origins)];
  const wrong = wrongValues(inUse(context.written, secret));
  if (complaints.length > 0 || wrong.some(({ isCertain }) => isCertain) || !credentials) {
    return { connection: undefined, complaints, wrong, warnings };
  }
  const connection = {
    credentials,
    subscriptions: subscriptions.map(({ id, url }) => ({ id, url })),
    oauthUrl: values.oauthUrl,
    apiUrl: values.apiUrl?.replace(/\/+$/, ''),
  };
  return { connection, complaints, wrong, warnings };
};

/** Everything that keeps a connection from being made, each a whole sentence, and once. */
export const refusalsOf = ({ complaints, wrong }: ConnectionReading): readonly string[] => [
  ...complaints,
  ...wrong
    .filter((value) => value.isCertain && !complaints.some((complaint) => isAbout(complaint, value)))
    .map(({ text, hint }) => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}. ${hint}`),
];

/** Which secret would go where it must not. A token has the rank of the secret that it is asked for with. */
const misdirections = (
  { values, origins }: Reading<ConnectionFlags>,
  secret: FoundSecret | undefined,
  subscriptions: readonly FoundSubscription[],
): readonly string[] => {
  const given = origins.accessToken && { what: 'the access token', origin: origins.accessToken, byFile: false };
  const held = given ?? (secret && { ...secret, what: 'the client secret' });
  if (held === undefined) return [];
  const token = given ?? { ...held, what: 'a token for the client secret' };
  const complaints = [
    ...(given ? [] : [misdirection(held, { url: values.oauthUrl, origin: origins.oauthUrl })]),
    ...subscriptions.map(({ url, urlOrigin }) => misdirection(token, { url, origin: urlOrigin })),
    ...(values.apiUrl === undefined ? [] : [misdirection(token, { url: values.apiUrl, origin: origins.apiUrl })]),
  ];
  return [...new Set(complaints.filter((complaint) => complaint !== undefined))];
};

const layerName = ({ name, path }: Layer): string => (path === undefined || path === name ? name : `${name} (${path})`);

const listed = (words: readonly string[]): string => words.join(', ').replace(/, ([^,]*)$/, ' and $1');

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
  const parts = [
    { what: 'account id', origin: origins.accountId },
    { what: 'client id', origin: origins.clientId },
    { what: 'client secret', origin: secret?.origin },
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
