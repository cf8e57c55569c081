import { type Connection, readConnection } from '../config/connection.ts';
import { CONNECTION_FLAGS } from '../config/connection-flags.ts';
import { envLayers, type Layer } from '../config/env.ts';
import { listFlag, text, valueFlag } from '../config/flag.ts';
import { type Origin, readFlags, type Typed } from '../config/read-flags.ts';
import { ZoomWsError } from '../errors.ts';
import type { Host } from '../host.ts';
import type { SecretKeeper } from '../secret.ts';

/** A setting as the user wrote it, before it was judged. */
export type Written = { readonly what: WrittenName; readonly text: string; readonly origin: Origin };

/** Everything that is known of the settings; nothing has been sent anywhere. */
export type Setup = {
  /** Undefined if something is missing or malformed. */
  readonly connection: Connection | undefined;
  readonly complaints: readonly string[];
  readonly warnings: readonly string[];
  readonly written: readonly Written[];
  /** Where settings were looked for, first one first. */
  readonly layers: readonly Layer[];
  /** The file that `--client-secret-file` names, if it is a file. */
  readonly secretFile: string | undefined;
};

/** The settings whose text is looked at, by the names that people use for them. */
const WRITTEN_FLAGS = {
  'account id': valueFlag({ ...CONNECTION_FLAGS.accountId, parse: text }),
  'client id': valueFlag({ ...CONNECTION_FLAGS.clientId, parse: text }),
  'client secret': valueFlag({ ...CONNECTION_FLAGS.clientSecret, parse: text }),
  'access token': valueFlag({ ...CONNECTION_FLAGS.accessToken, parse: text }),
  'subscription id': listFlag({ ...CONNECTION_FLAGS.subscriptionId, parse: text }),
  'socket URL': valueFlag({ ...CONNECTION_FLAGS.wsUrl, parse: text }),
  'token URL': valueFlag({ ...CONNECTION_FLAGS.oauthUrl, parse: text }),
  'API URL': valueFlag({ ...CONNECTION_FLAGS.apiUrl, parse: text }),
  'client secret file': valueFlag({ ...CONNECTION_FLAGS.clientSecretFile, parse: text }),
  grant: valueFlag({ ...CONNECTION_FLAGS.grant, parse: text }),
};
export type WrittenName = keyof typeof WRITTEN_FLAGS;

/** As long as a client secret of Zoom's, and longer than its client ids: a value of this length is never shown. */
const SECRET_LENGTH = 32;

/** Reads the settings as `tail` does, but never throws: what is wrong with them is what doctor is asked. */
export const readSetup = async (
  { env, cwd, stdin }: Pick<Host, 'env' | 'cwd'> & { readonly stdin: AsyncIterable<unknown> },
  typed: Typed,
  dotenv: string | undefined,
  secrets: SecretKeeper,
): Promise<Setup> => {
  const { layers, complaint } = await readLayers(env, cwd, dotenv);
  const written = readWritten(typed, layers);
  for (const { what, text: value } of written) {
    // Also what stands in the wrong place, and what is malformed, must appear in no output.
    if (what === 'client secret' || what === 'access token') secrets.keep(value.trim());
    if (what === 'client id' && value.trim().length >= SECRET_LENGTH) secrets.keep(value.trim());
  }
  const reading = readFlags(CONNECTION_FLAGS, typed, layers);
  const { connection, complaints, warnings } = await readConnection(reading, { cwd, secrets, layers, stdin });
  const file = reading.values.clientSecretFile;
  return {
    connection: complaint === undefined ? connection : undefined,
    complaints: complaint === undefined ? complaints : [complaint, ...complaints],
    warnings,
    written,
    layers,
    secretFile: file === '-' ? undefined : file,
  };
};

const readLayers = async (
  env: Host['env'],
  cwd: string,
  dotenv: string | undefined,
): Promise<{ readonly layers: readonly Layer[]; readonly complaint?: string }> => {
  try {
    return { layers: await envLayers(env, cwd, dotenv) };
  } catch (error) {
    if (!(error instanceof ZoomWsError)) throw error;
    return {
      layers: [{ name: 'the environment', values: env }],
      complaint: `${error.message} ${error.hint ?? ''}`.trim(),
    };
  }
};

const readWritten = (typed: Typed, layers: readonly Layer[]): readonly Written[] => {
  const { values, origins } = readFlags(WRITTEN_FLAGS, byWords(typed), layers);
  return Object.entries(values).flatMap(([name, value]) => {
    const what = name as WrittenName;
    const origin = origins[what];
    if (origin === undefined || value === undefined) return [];
    const texts = typeof value === 'string' ? [value] : value;
    return texts.map((one) => ({ what, text: one, origin }));
  });
};

/** What was typed, under the names that people use. */
const byWords = (typed: Typed): Typed => ({
  'account id': typed.accountId,
  'client id': typed.clientId,
  'client secret': typed.clientSecret,
  'access token': typed.accessToken,
  'subscription id': typed.subscriptionId,
  'socket URL': typed.wsUrl,
  'token URL': typed.oauthUrl,
  'API URL': typed.apiUrl,
  'client secret file': typed.clientSecretFile,
  grant: typed.grant,
});
