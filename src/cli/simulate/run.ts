import { once } from 'node:events';
import { compileKeep } from '../../flow/match/index.ts';
import type { Host } from '../../host.ts';
import type { Notify } from '../../notice/notice.ts';
import type { ForwardOptions } from '../../outlet/http/index.ts';
import { type Simulator, startSimulator, type WebhookTarget } from '../../simulator/index.ts';
import { exportLines } from './export-lines.ts';
import type { SimulateValues } from './flags.ts';
import { createSentNotes } from './sent-notes.ts';
import { openTexts } from './texts.ts';

/** Listens, prints the settings, plays; until the signal aborts. Throws `unreachable` if it cannot listen. */
export const runSimulator = async (
  host: Host,
  notify: Notify,
  values: SimulateValues,
  forward: ForwardOptions | undefined,
  hasRate: boolean,
  signal: AbortSignal,
): Promise<void> => {
  const { clock, random } = host;
  const perSecond = values.rate;
  // A recording without a rate goes at its own pace, which may be any.
  const pace = values.from !== undefined && !hasRate ? Number.POSITIVE_INFINITY : perSecond;
  const filter = compileKeep({ event: values.event, where: [], meeting: [] });
  const passes = (type: string) => filter.keeps({ raw: '', type });
  // Opened first: a missing file is said before anything listens.
  const texts = await openTexts(host, notify, { ...values, rate: hasRate ? perSecond : undefined, perSecond, passes });

  const simulator = await startSimulator({
    clock,
    random,
    port: values.port,
    faults: values.fault,
    host: values.host,
    rules: { tokenTtlMs: values.tokenTtl },
    webhook: await targetOf(forward, values, host, signal),
    log: ({ what, text, detail = false }) => notify({ kind: 'simulated', what, text, detail }),
  });
  try {
    introduce(host, notify, simulator, await inventedSecret(forward));
    const ended: Promise<unknown> = signal.aborted ? Promise.resolve() : once(signal, 'abort');
    const sending = texts(simulator, createSentNotes({ clock, notify, perSecond: pace }));
    // An error of the sending (a recording that cannot be read to its end) ends the run; its end does not.
    await Promise.race([ended, Promise.all([ended, sending])]);
  } finally {
    await simulator.close();
  }
};

/** Loaded only where there is a handler. */
const targetOf = async (
  forward: ForwardOptions | undefined,
  { webhookRetries }: SimulateValues,
  { clock }: Host,
  signal: AbortSignal,
): Promise<WebhookTarget | undefined> => {
  if (forward === undefined) return undefined;
  const { webhookTarget } = await import('./webhook-target.ts');
  return webhookTarget(forward, webhookRetries, clock, signal);
};

/** The secret that webhooks are signed with, where it was made up; one that was given is never printed. */
const inventedSecret = async (forward: ForwardOptions | undefined): Promise<Readonly<Record<string, string>>> => {
  if (forward === undefined) return {};
  const { SIMULATED_SECRET } = await import('../shared/read-forward.ts');
  return forward.secret?.reveal() === SIMULATED_SECRET ? { ZOOM_WEBHOOK_SECRET_TOKEN: SIMULATED_SECRET } : {};
};

const introduce = (
  host: Host,
  notify: Notify,
  { url, settings, reachableFromOutside }: Simulator,
  more: Readonly<Record<string, string>>,
): void => {
  notify({ kind: 'note', text: `the simulator listens on ${url} (process ${host.pid}); state page: ${url}/` });
  if (reachableFromOutside) {
    notify({
      kind: 'warning',
      text: 'the simulator can be reached from other machines',
      hint: 'Leave out --host to listen on this machine only. Triggers are taken from this machine only in any case.',
    });
  }
  if (host.stdout.isTTY) {
    notify({ kind: 'note', text: 'run these lines in another terminal, then "zoom-ws tail" there' });
  }
  // Whoever read the settings may have gone: the simulator does not need them.
  host.stdout.on('error', () => {});
  // A pipe is let go of, so that `eval "$(zoom-ws simulate &)"` goes on.
  host.stdout.write(exportLines({ ...settings, ...more, ZOOM_WS_SIMULATOR_PID: String(host.pid) }), () => {
    if (!host.stdout.isTTY) host.closeStdout();
  });
};
