import type { Readable } from 'node:stream';
import { type Connection, readConnection } from '../config/connection.ts';
import { CONNECTION_FLAGS } from '../config/connection-flags.ts';
import { envLayers, type Layer, type SettingsWorld } from '../config/env.ts';
import { readFlags, type Typed } from '../config/read-flags.ts';
import { readWritten, type Written } from '../config/written.ts';
import type { WrongValue } from '../config/wrong-values.ts';
import { ZoomWsError } from '../errors.ts';
import type { SecretKeeper } from '../secret.ts';

/** Everything that is known of the settings; nothing has been sent anywhere. */
export type Setup = {
  /** Undefined if something is missing or malformed. */
  readonly connection: Connection | undefined;
  readonly complaints: readonly string[];
  readonly wrong: readonly WrongValue[];
  readonly warnings: readonly string[];
  readonly written: readonly Written[];
  /** Where settings were looked for, first one first. */
  readonly layers: readonly Layer[];
  /** The file that `--client-secret-file` names, if it is a file. */
  readonly secretFile: string | undefined;
};

/** Reads the settings as `tail` does, but throws only where nothing can be read: what is wrong is what doctor is asked. */
export const readSetup = async (
  world: SettingsWorld & { readonly stdin: () => Readable },
  typed: Typed,
  places: { readonly dotenv: string | undefined; readonly layers?: readonly Layer[] },
  secrets: SecretKeeper,
): Promise<Setup> => {
  const { layers, complaint } = places.layers
    ? { layers: places.layers, complaint: undefined }
    : await readLayers(world, places.dotenv);
  const written = readWritten(typed, layers, secrets);
  const reading = readFlags(CONNECTION_FLAGS, typed, layers);
  const { connection, complaints, wrong, warnings } = await readConnection(reading, {
    ...world,
    secrets,
    layers,
    written,
  });
  const file = reading.values.clientSecretFile;
  return {
    connection: complaint === undefined ? connection : undefined,
    complaints: complaint === undefined ? complaints : [complaint, ...complaints],
    wrong,
    warnings,
    written,
    layers,
    secretFile: file === '-' ? undefined : file,
  };
};

/** A settings file that cannot be read is a finding; one that is no file at all is thrown, as by every command. */
const readLayers = async (
  world: SettingsWorld,
  dotenv: string | undefined,
): Promise<{ readonly layers: readonly Layer[]; readonly complaint?: string }> => {
  try {
    return { layers: await envLayers(world, dotenv) };
  } catch (error) {
    if (!(error instanceof ZoomWsError) || error.code !== 'settings') throw error;
    return {
      layers: [{ name: 'the environment', source: 'environment', values: world.env }],
      complaint: `${error.message} ${error.hint ?? ''}`.trim(),
    };
  }
};
