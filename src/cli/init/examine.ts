import { HEARTBEAT_FLAGS } from '../../config/connection-flags.ts';
import type { Layer } from '../../config/env.ts';
import { readFlags } from '../../config/read-flags.ts';
import { createTextReport, diagnose } from '../../doctor/index.ts';
import type { Host } from '../../host.ts';
import { createPalette } from '../../terminal/palette.ts';
import { useColor } from '../../terminal/use-color.ts';
import type { Invocation } from '../command.ts';
import { keepOf } from '../shared/filter-flags.ts';
import { heartbeatOf } from '../shared/heartbeat.ts';
import type { Prompter } from './prompter.ts';

/** What tells whether the settings are right; the rest of the runbook is about the line and the events. */
const CHECKS = ['setup.settings', 'token', 'subscription', 'network.socket', 'socket.accepted'];

/** Without a width of its own. */
const USUAL_COLUMNS = 80;

/** Runs doctor's checks of the settings with these alone, and reports on stderr. Whether none of them failed. */
export const examine = async (
  settings: Layer,
  host: Host,
  { general, secrets }: Pick<Invocation, 'general' | 'secrets'>,
  { yes, prompter, signal }: { yes: boolean; prompter: Prompter | undefined; signal: AbortSignal },
): Promise<boolean> => {
  const palette = await createPalette(useColor(general.color, host.env, host.stderr.isTTY === true));
  const report = createTextReport(host.stderr.columns ?? USUAL_COLUMNS, palette);
  const say = async (text: string): Promise<void> => {
    if (!general.quiet) host.stderr.write(text);
  };
  const { results, verdict } = await diagnose(
    {
      options: {
        offline: false,
        waitMs: 0,
        heartbeat: heartbeatOf(readFlags(HEARTBEAT_FLAGS, {}).values),
        keep: await keepOf({ event: [], where: [], meeting: [] }),
        eventWords: '',
      },
      only: CHECKS,
      yes,
      recording: undefined,
      dotenv: undefined,
      layers: [settings],
    },
    {
      host,
      typed: {},
      secrets,
      notify: () => {},
      signal,
      onWait: () => {},
      onReady: async () => {},
      onQuestion: () => {},
      onListening: () => {},
      ...(prompter && { ask: prompter.ask }),
    },
    { onResult: (result) => say(report.result(result)), onWaiting: () => {} },
  );
  await say(`${report.footer(verdict, results)}\n`);
  return !results.some(({ status }) => status === 'fail');
};
