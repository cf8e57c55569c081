import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { readClientSecret } from '../../config/client-secret.ts';
import { CONNECTION_FLAGS } from '../../config/connection-flags.ts';
import { readFlags } from '../../config/read-flags.ts';
import { reasonOf } from '../../errors.ts';
import type { Host } from '../../host.ts';
import type { SigningKey } from '../../rtms/index.ts';
import type { Invocation } from '../command.ts';
import { layersOf, settingsWorld } from '../shared/settings.ts';
import { KEY_FLAGS } from './key-flags.ts';

/** What signatures are made with, and whom TLS trusts. */
export type RtmsKeys = {
  readonly app: SigningKey | undefined;
  readonly sdk: SigningKey | undefined;
  /** PEM. */
  readonly ca: string | undefined;
};

/**
 * The names that Zoom's own SDK reads, as the last place of all: where nothing else gives the client id or secret, they
 * stand in the environment that is handed on.
 */
export const withSdkVariables = async (
  host: Host,
  { typed, notify }: Pick<Invocation, 'typed' | 'notify'>,
): Promise<Host> => {
  const layers = await layersOf(host, { typed, notify });
  const find = (name: string) => layers.map((layer) => layer.values[name]).find((value) => value);
  const env = { ...host.env };
  const { ZM_RTMS_CLIENT: client, ZM_RTMS_SECRET: secret } = {
    ZM_RTMS_CLIENT: find('ZM_RTMS_CLIENT'),
    ZM_RTMS_SECRET: find('ZM_RTMS_SECRET'),
  };
  if (client && !find('ZOOM_CLIENT_ID')) env.ZOOM_CLIENT_ID = client;
  if (secret && !find('ZOOM_CLIENT_SECRET') && !find('ZOOM_CLIENT_SECRET_FILE')) env.ZOOM_CLIENT_SECRET = secret;
  return { ...host, env };
};

/** Reads the keys; adds what is malformed to `complaints`. `needs`: which of them must be there. */
export const readKeys = async (
  host: Host,
  { typed, notify, secrets }: Pick<Invocation, 'typed' | 'notify' | 'secrets'>,
  needs: 'app' | 'either' | 'none',
  complaints: string[],
): Promise<RtmsKeys> => {
  const layers = await layersOf(host, { typed, notify });
  const own = readFlags(KEY_FLAGS, typed, layers);
  complaints.push(...own.complaints);
  const sdkSecret =
    own.values.sdkSecretFile === undefined
      ? own.values.sdkSecret
      : readText(own.values.sdkSecretFile, '--sdk-secret-file', host.cwd, complaints);
  const { sdkKey } = own.values;
  if (sdkKey !== undefined && sdkSecret === undefined && own.values.sdkSecretFile === undefined) {
    complaints.push('The SDK secret (--sdk-secret-file, ZOOM_SDK_SECRET) is missing: the SDK key alone signs nothing.');
  }
  const sdk =
    sdkKey !== undefined && sdkSecret !== undefined ? { clientId: sdkKey, secret: secrets.keep(sdkSecret) } : undefined;
  const ca = own.values.ca === undefined ? undefined : readText(own.values.ca, '--ca', host.cwd, complaints);
  if (ca !== undefined && !ca.includes('-----BEGIN CERTIFICATE-----')) {
    complaints.push(`--ca "${own.values.ca}": expected a certificate in PEM.`);
  }
  if (needs === 'none') return { app: undefined, sdk, ca };
  const reading = readFlags(CONNECTION_FLAGS, typed, layers);
  const { accessToken, ...origins } = reading.origins;
  const secret = await readClientSecret(
    { ...reading, origins },
    { ...settingsWorld(host, notify), stdin: () => host.stdin },
    complaints,
  );
  const { clientId } = reading.values;
  if (clientId !== undefined && secret) {
    return { app: { clientId, secret: secrets.keep(secret.value) }, sdk, ca };
  }
  if (needs === 'app' || !sdk) {
    const token = accessToken ? ' An access token is not enough: it signs nothing.' : '';
    if (clientId === undefined)
      complaints.push(`The client id (--client-id, ZOOM_CLIENT_ID) is missing: ${LOOKED}.${token}`);
    if (!secret && !origins.clientSecretFile)
      complaints.push(`The client secret (--client-secret, ZOOM_CLIENT_SECRET) is missing: ${LOOKED}.`);
  }
  return { app: undefined, sdk, ca };
};

const LOOKED = 'looked at the flag, the environment and .env';

const readText = (path: string, flag: string, cwd: string, complaints: string[]): string | undefined => {
  try {
    const value = readFileSync(resolve(cwd, path), 'utf8')
      .replace(/^\uFEFF/, '')
      .replace(/(\r?\n)+$/, '');
    if (value !== '') return value;
    complaints.push(`${flag} "${path}": expected something in it, but it is empty.`);
  } catch (error) {
    complaints.push(`${flag} "${path}": expected a file that can be read (${reasonOf(error)}).`);
  }
  return undefined;
};
