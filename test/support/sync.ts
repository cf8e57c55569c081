import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Simulator } from '../../src/simulator/index.ts';
import type { PersonLine, Report } from '../../src/sync/index.ts';
import { type CliResult, type CliRun, emptyFolder, startCli } from './run-cli.ts';

/** The example of the documentation: the lists that the stand-in has. */
export const LISTS = `connectors:
  zoom:
    lists: { meeting_participants: 15, webinar_attendees: 16, webinar_registrants: 17 }
`;

export type SyncRun = CliResult & { readonly lines: readonly PersonLine[]; readonly report: Report };

/** Where runs share their ledger and configuration. */
export type SyncPlace = {
  readonly folder: string;
  readonly ledger: string;
  start(args: readonly string[], options?: { readonly env?: Record<string, string>; readonly input?: string }): CliRun;
  run(
    args: readonly string[],
    options?: { readonly env?: Record<string, string>; readonly input?: string },
  ): Promise<SyncRun>;
};

/** A folder with a configuration, whose runs go to the stand-ins. */
export const syncPlace = (zoom: Simulator, config = LISTS): SyncPlace => {
  const folder = emptyFolder();
  const ledger = join(folder, 'ledger.ndjson');
  writeFileSync(join(folder, 'config.yaml'), config);
  const start: SyncPlace['start'] = (args, options = {}) => {
    const all = ['sync', 'brevo', '--config', 'config.yaml', '--ledger', ledger, '--report', 'report.json', ...args];
    const run = startCli(all, { cwd: folder, ...options, env: { ...zoom.settings, ...options.env } });
    onTestFinished(() => {
      run.child.kill('SIGKILL');
    });
    return run;
  };
  return {
    folder,
    ledger,
    start,
    async run(args, options) {
      writeFileSync(join(folder, 'report.json'), 'null');
      const result = await start(args, options).done;
      const lines = result.stdout
        .split('\n')
        .filter((line) => line.startsWith('{'))
        .map((line) => JSON.parse(line) as PersonLine);
      return { ...result, lines, report: JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')) as Report };
    },
  };
};
