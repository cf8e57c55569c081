import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { EXIT_OK } from '../../exit-codes.ts';
import type { Host } from '../../host.ts';
import { createNotify } from '../../notice/index.ts';
import { openInputs } from '../../recording/index.ts';
import { useColor } from '../../terminal/use-color.ts';
import type { Invocation } from '../command.ts';
import { refuse } from '../shared/settings.ts';
import { sourceOf } from './complaints.ts';
import type { SyncValues } from './flags.ts';
import { reported } from './reported.ts';
import { readSyncSettings, type ZoomNeed } from './settings.ts';
import { sourceFor } from './source-for.ts';
import { syncWith } from './sync-with.ts';

/** Reads the settings, syncs, reports; answers with the exit status. */
export const startSync = async (
  host: Host,
  invocation: Invocation,
  values: SyncValues,
  complaints: readonly string[],
): Promise<number> => {
  const { typed, secrets, general } = invocation;
  const source = sourceOf(values);
  if (source === 'demo') {
    refuse(complaints);
    const { runDemo } = await import('./demo.ts');
    return runDemo(host, invocation, values);
  }
  const need: ZoomNeed =
    source === 'socket' ? 'socket' : source === 'from' && values.attendance === 'events' ? 'nothing' : 'api';
  const settings = await readSyncSettings(host, typed, {
    config: values.config,
    need,
    secrets,
    notify: invocation.notify,
  });
  const report = values.report === undefined ? undefined : resolve(host.cwd, values.report);
  const noFolder = report !== undefined && !existsSync(dirname(report));
  refuse([
    ...complaints,
    ...(noFolder ? [`--report "${values.report}": there is no such folder.`] : []),
    ...settings.complaints,
  ]);
  const verbose = Math.max(general.verbose, settings.config.verbose);
  const color = useColor(general.color, host.env, host.stderr.isTTY === true);
  const notify = createNotify(host, { ...general, verbose, color, utc: false }, secrets.mask);
  for (const text of settings.warnings) notify({ kind: 'warning', text });
  if (!settings.config.enabled) {
    notify({ kind: 'note', text: `connectors.zoom.enabled is false in ${values.config}: nothing is done` });
    return EXIT_OK;
  }
  // A file that is missing is told before anything is asked of anybody.
  const inputs = await openInputs(values.from, { cwd: host.cwd, stdin: () => host.stdin });
  try {
    return await reported(host, values, { general, notify, report }, (parts) =>
      syncWith({
        host,
        secrets,
        values,
        settings,
        source: (about) => sourceFor({ host, typed, values, settings, inputs, notify: parts.notify }, about),
        ...parts,
      }),
    );
  } finally {
    await Promise.all(inputs.map((input) => input.close()));
  }
};
