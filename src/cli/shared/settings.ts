import { type Connection, readConnection } from '../../config/connection.ts';
import { CONNECTION_FLAGS } from '../../config/connection-flags.ts';
import { envLayers } from '../../config/env.ts';
import { type Flags, text, valueFlag } from '../../config/flag.ts';
import { readFlags } from '../../config/read-flags.ts';
import { ZoomWsError } from '../../errors.ts';
import type { Host } from '../../host.ts';
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
  const { values } = readFlags(DOTENV_FLAGS, typed);
  const layers = await envLayers(host.env, host.cwd, values.dotenv);
  const reading = readFlags(CONNECTION_FLAGS, typed, layers);
  const { connection, complaints, warnings } = await readConnection(reading, {
    cwd: host.cwd,
    secrets,
    layers,
    // Opened only if it is read: stdin belongs to whoever started us.
    stdin: { [Symbol.asyncIterator]: () => host.stdin[Symbol.asyncIterator]() },
  });
  if (!connection || otherComplaints.length > 0) throw settingsError([...otherComplaints, ...complaints]);
  for (const warning of warnings) notify({ kind: 'warning', text: warning });
  return connection;
};

/** Throws if there is anything to complain of. For commands and runs that need no connection. */
export const refuse = (complaints: readonly string[]): void => {
  if (complaints.length > 0) throw settingsError(complaints);
};

const settingsError = (complaints: readonly string[]): ZoomWsError => {
  const [only = '', ...more] = complaints;
  const message =
    more.length === 0 ? only : `${complaints.length} settings are missing or invalid:\n${complaints.join('\n')}`;
  const hint = complaints.some((complaint) => complaint.includes(') is missing: '))
    ? 'The README says where in the Zoom Marketplace each value is found. Without an account: zoom-ws tail --demo.'
    : 'Add --help to the command to see what each flag takes.';
  return new ZoomWsError('settings', message, { hint });
};
