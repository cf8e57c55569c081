import { envLayers } from '../../config/env.ts';
import { readFlags } from '../../config/read-flags.ts';
import type { SyncProbe } from '../../doctor/index.ts';
import { reasonOf } from '../../errors.ts';
import type { Host } from '../../host.ts';
import { DOTENV_FLAGS, settingsWorld } from '../shared/settings.ts';
import { BREVO_FLAGS } from './flags.ts';
import type { ProbeParts, ProbeValues } from './open-probe.ts';

/** What doctor finds of the sync; undefined if neither `--config` nor a key of Brevo's is set. Loads the rest only then. */
export const syncProbe = async (host: Host, parts: ProbeParts, values: ProbeValues): Promise<SyncProbe | undefined> => {
  const layers = await envLayers(
    settingsWorld(host, () => {}),
    readFlags(DOTENV_FLAGS, parts.typed).values.dotenv,
  ).catch((error: unknown) => reasonOf(error));
  // Doctor reports such a file itself.
  if (typeof layers === 'string') return undefined;
  const hasKey =
    readFlags(BREVO_FLAGS, parts.typed).values.brevoKeyFile !== undefined ||
    layers.some((layer) => (layer.values.BREVO_API_KEY ?? '') !== '');
  if (values.config === undefined && !hasKey) return undefined;
  const { openProbe } = await import('./open-probe.ts');
  return openProbe(host, parts, values);
};
