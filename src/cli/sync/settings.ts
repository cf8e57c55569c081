import { resolve } from 'node:path';
import { type Connection, readConnection, refusalsOf } from '../../config/connection.ts';
import { CONNECTION_FLAGS } from '../../config/connection-flags.ts';
import { envLayers, type Layer, type SettingsWorld } from '../../config/env.ts';
import { readFlags, type Typed } from '../../config/read-flags.ts';
import { readSmallFile } from '../../config/read-small-file.ts';
import { readWritten } from '../../config/written.ts';
import { reasonOf } from '../../errors.ts';
import type { Host } from '../../host.ts';
import type { Notify } from '../../notice/notice.ts';
import type { SecretKeeper } from '../../secret.ts';
import { DEFAULT_CONFIG, readConfig, type SyncConfig } from '../../sync/index.ts';
import { DOTENV_FLAGS, settingsWorld } from '../shared/settings.ts';
import { type BrevoSettings, readBrevoSettings } from './brevo-settings.ts';

/** Written for the event socket alone. */
const OF_SOCKET: ReadonlySet<string> = new Set(['subscription id', 'socket URL']);

/** What the sync needs to know of Zoom. */
export type ZoomNeed = 'socket' | 'api' | 'nothing';

export type SyncSettings = {
  readonly config: SyncConfig;
  /** Undefined if the file says `enabled: false`, or if there are complaints. */
  readonly brevo: BrevoSettings | undefined;
  readonly zoom: Connection | undefined;
  /** The account's id where one is set. */
  readonly zoomAccount: string;
  readonly complaints: readonly string[];
  readonly warnings: readonly string[];
};

/** The file of `--config`, then the settings: flag, then that file, then environment and `.env`. */
export const readSyncSettings = async (
  host: Pick<Host, 'env' | 'cwd' | 'clock' | 'stdin'>,
  typed: Typed,
  {
    config: configPath,
    need,
    secrets,
    notify,
  }: {
    readonly config: string | undefined;
    readonly need: ZoomNeed;
    readonly secrets: SecretKeeper;
    readonly notify: Notify;
  },
): Promise<SyncSettings> => {
  const { values } = readFlags(DOTENV_FLAGS, typed);
  const world = settingsWorld(host, notify);
  const below = await envLayers(world, values.dotenv);
  const complaints: string[] = [];
  const warnings: string[] = [];
  const { config = DEFAULT_CONFIG, layer } = await readConfigFile(configPath, world, below, complaints);
  const nothing = { config, brevo: undefined, zoom: undefined, zoomAccount: '', warnings };
  // What the file has wrong is told before what it would have led to.
  if (complaints.length > 0 || !config.enabled) return { ...nothing, complaints };
  const layers = layer === undefined ? below : [layer, ...below];
  // Opened only if it is read: stdin belongs to whoever started us.
  const stdin = () => host.stdin;
  const brevo = await readBrevoSettings(typed, layers, { ...world, stdin, secrets }, complaints);
  const reading = readFlags(CONNECTION_FLAGS, typed, layers);
  const zoomAccount = reading.values.accountId ?? reading.values.clientId ?? '';
  if (need === 'nothing') return { ...nothing, complaints, brevo, zoomAccount };
  const zoom = await readConnection(reading, {
    ...world,
    secrets,
    layers,
    stdin,
    written: readWritten(typed, layers, secrets).filter(({ what }) => need === 'socket' || !OF_SOCKET.has(what)),
    isForApi: need === 'api',
  });
  complaints.push(...refusalsOf(zoom));
  warnings.push(...zoom.warnings);
  return { config, brevo, zoom: zoom.connection, zoomAccount, complaints, warnings };
};

/** The file of `--config`, and what it holds of credentials; adds to `complaints`. */
export const readConfigFile = async (
  path: string | undefined,
  world: SettingsWorld,
  layers: readonly Layer[],
  complaints: string[],
): Promise<{ readonly config?: SyncConfig; readonly layer?: Layer }> => {
  if (path === undefined) return {};
  let text: string;
  try {
    text = (await readSmallFile(resolve(world.cwd, path), world)).replace(/^\uFEFF/, '');
  } catch (error) {
    complaints.push(`--config "${path}": expected a file that can be read (${reasonOf(error)}).`);
    return {};
  }
  const lookUp = (name: string) =>
    layers.map(({ values }) => values[name]).find((value) => value !== undefined && value !== '');
  const { config, complaints: found, credentials } = readConfig(text, path, lookUp);
  complaints.push(...found);
  if (config === undefined) return {};
  return { config, layer: { name: path, source: 'named file', path: resolve(world.cwd, path), values: credentials } };
};
