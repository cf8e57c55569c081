import { type Connection, readConnection, refusalsOf } from '../../config/connection.ts';
import { CONNECTION_FLAGS } from '../../config/connection-flags.ts';
import { envLayers, type Layer, type SettingsWorld } from '../../config/env.ts';
import { type Flags, text, valueFlag } from '../../config/flag.ts';
import { readFlags } from '../../config/read-flags.ts';
import { readWritten } from '../../config/written.ts';
import { ZoomWsError } from '../../errors.ts';
import type { Host } from '../../host.ts';
import type { Notify } from '../../notice/notice.ts';
import type { Invocation } from '../command.ts';

/** Where settings are read from, besides flags and environment. */
export const DOTENV_FLAGS = {
  dotenv: valueFlag({
    spelling: '--dotenv <path>',
    help: 'read settings from this file, before the environment',
    parse: text,
    shownDefault: '.env, after the environment',
  }),
} satisfies Flags;

/**
 * The settings of the connection, complete. Throws `settings` with every complaint at once, its own and those of the
 * command's other flags; nothing has been sent anywhere by then. Warnings go to `notify`.
 */
export const readSettings = async (
  host: Host,
  { typed, notify, secrets }: Pick<Invocation, 'typed' | 'notify' | 'secrets'>,
  otherComplaints: readonly string[],
): Promise<Connection> => {
  const world = settingsWorld(host, notify);
  const layers = await layersOf(host, { typed, notify });
  const result = await readConnection(readFlags(CONNECTION_FLAGS, typed, layers), {
    ...world,
    secrets,
    layers,
    written: readWritten(typed, layers, secrets),
    // Opened only if it is read: stdin belongs to whoever started us.
    stdin: () => host.stdin,
  });
  const { connection, warnings } = result;
  if (!connection || otherComplaints.length > 0) throw settingsError([...otherComplaints, ...refusalsOf(result)]);
  for (const warning of warnings) notify({ kind: 'warning', text: warning });
  return connection;
};

/** What was read for a command line, by the environment that it was read with. */
const readBefore = new WeakMap<object, Map<object, Promise<readonly Layer[]>>>();

/**
 * The places where the settings of a command line are looked for. Read once, whoever asks: a pipe that `--dotenv` names
 * (`<(pass zoom)`) can be read only once. Throws what `envLayers` throws.
 */
export const layersOf = (
  host: Pick<Host, 'env' | 'cwd' | 'clock'>,
  { typed, notify }: Pick<Invocation, 'typed' | 'notify'>,
): Promise<readonly Layer[]> => {
  const byEnv = readBefore.get(typed) ?? new Map<object, Promise<readonly Layer[]>>();
  readBefore.set(typed, byEnv);
  const { dotenv } = readFlags(DOTENV_FLAGS, typed).values;
  const layers = byEnv.get(host.env) ?? envLayers(settingsWorld(host, notify), dotenv);
  byEnv.set(host.env, layers);
  return layers;
};

/** What reading settings needs of the world; a file that keeps silent is said on stderr. */
export const settingsWorld = (
  { env, cwd, clock }: Pick<Host, 'env' | 'cwd' | 'clock'>,
  notify: Notify,
): SettingsWorld => ({ env, cwd, clock, onWait: (text) => notify({ kind: 'note', text }) });

/** Throws if there is anything to complain of. For commands and runs that need no connection. */
export const refuse = (complaints: readonly string[], hint?: string): void => {
  if (complaints.length > 0) throw settingsError(complaints, hint);
};

const settingsError = (complaints: readonly string[], ownHint?: string): ZoomWsError => {
  const [only = '', ...more] = complaints;
  const message =
    more.length === 0 ? only : `${complaints.length} settings are missing or invalid:\n${complaints.join('\n')}`;
  const hint = complaints.some((complaint) => complaint.includes(') is missing: '))
    ? 'Run "zoom-ws init": it asks for the settings and says where each is found. Without an account: zoom-ws tail --demo.'
    : 'Add --help to the command to see what each flag takes.';
  return new ZoomWsError('settings', message, { hint: ownHint ?? hint });
};
