import type { Host } from '../../host.ts';
import { createCaller } from '../../http/calls.ts';
import type { SecretKeeper } from '../../secret.ts';
import type { SourceDeps } from '../../source/source.ts';
import {
  createBrevoClient,
  createEventMemory,
  createTransport,
  leftUnknown,
  maskEmail,
  openLedger,
  prepare,
  readLedger,
  runSync,
  type Source,
} from '../../sync/index.ts';
import type { ZoomRefusal } from '../../zoom-api/index.ts';
import { sourceOf } from './complaints.ts';
import type { SyncValues } from './flags.ts';
import { ledgerPath } from './ledger-path.ts';
import type { RunParts } from './reported.ts';
import type { SyncSettings } from './settings.ts';
import type { SourceParts } from './source-for.ts';
import { openZoom } from './zoom.ts';

const SETTLE_MS = 60_000;
const MAX_WAIT_MS = 3_600_000;

export type SyncParts = RunParts & {
  readonly host: Host;
  readonly secrets: SecretKeeper;
  readonly values: SyncValues;
  readonly settings: SyncSettings;
  /** Where the work comes from, given what it may need. */
  readonly source: (parts: SourceParts) => Source;
};

/** Checks Brevo, opens the ledger, and does all that the source finds. */
export const syncWith = async (parts: SyncParts): Promise<void> => {
  const { host, values, settings, notify, report, lines, bar, signal, secrets } = parts;
  const { clock, random, env } = host;
  const { brevo: brevoSettings, config } = settings;
  if (brevoSettings === undefined) throw new TypeError('without the settings of Brevo nothing is synced');
  const name = sourceOf(values);
  const isLive = name === 'socket' || (name === 'from' && values.follow);
  const maxWaitMs = isLive ? Number.POSITIVE_INFINITY : (values.maxWait ?? MAX_WAIT_MS);
  const settleMs = values.settle ?? SETTLE_MS;
  const deps: SourceDeps = { env, clock, random, secrets, notify, signal, onLive: () => {} };
  const caller = await createCaller(brevoSettings.url, env, clock);
  const onWait = (why: string, ms: number) =>
    notify({ kind: 'detail', text: `${why}: Brevo is asked again in ${Math.ceil(ms / 1000)} s` });
  const brevo = createBrevoClient(
    createTransport({ ...brevoSettings, base: brevoSettings.url, caller, clock, random, signal, maxWaitMs, onWait }),
  );
  const zoom = settings.zoom === undefined ? undefined : openZoom(settings.zoom, { ...deps, maxWaitMs });
  try {
    const account = await brevo.account();
    const types = await prepare(brevo, config, {
      creates: values.createAttributes,
      isDry: values.dryRun,
      onCreate: ({ name: attribute, type }) =>
        notify({ kind: 'note', text: `attribute ${attribute} (${type}) ${values.dryRun ? 'would be' : 'is'} created` }),
    });
    const brevoAccount = account.organization_id || account.email;
    const path = ledgerPath(values.ledger, host, settings.zoomAccount, brevoAccount);
    const ledger = values.dryRun
      ? await readLedger(path)
      : await openLedger(path, {
          clock,
          pid: host.pid,
          onNote: (text) => notify({ kind: 'note', text }),
          onLost: (error) => notify({ kind: 'warning', text: `the lock of the ledger is lost: ${String(error)}` }),
        });
    try {
      if (ledger.foundUnknown > 0) report.failures.push(leftUnknown(ledger.foundUnknown));
      const onMissing = once((refusal: ZoomRefusal, instead: string) =>
        notify({ kind: 'warning', text: `${refusal.message.replace(/\.$/, '')}; ${instead}`, hint: refusal.hint }),
      );
      const memory = createEventMemory();
      const asksZoom = zoom !== undefined && values.attendance !== 'events';
      await runSync({
        source: parts.source({ isLive, settleMs, deps, zoom: zoom?.zoom, onMissing, memory, keys: ledger.keys }),
        ledger,
        clock,
        signal,
        maxWaitMs,
        isDry: values.dryRun,
        report,
        now: clock.now,
        onNote: (text) => notify({ kind: 'note', text }),
        onLine: lines.write,
        onPeople: bar.expect,
        onPersonDone: bar.step,
        gathering: {
          zoom: asksZoom ? zoom.zoom : undefined,
          attendance: values.attendance ?? 'auto',
          config,
          memory,
          onMissing,
        },
        apply: {
          brevo,
          ledger,
          rules: { config, types, recreate: values.recreate },
          isDry: values.dryRun,
          resendsUnknown: values.onUnknown === 'resend',
          now: clock.now,
          shown: values.showEmails ? (email) => email : maskEmail,
        },
      });
    } finally {
      report.events.unknown = ledger.unknown();
      await ledger.close();
    }
  } finally {
    zoom?.close();
    caller.close();
  }
};

/** Says each thing once. */
const once = (say: (refusal: ZoomRefusal, instead: string) => void) => {
  const said = new Set<string>();
  return (refusal: ZoomRefusal, instead: string): void => {
    const key = `${refusal.kind} ${instead}`;
    if (said.has(key)) return;
    said.add(key);
    say(refusal, instead);
  };
};
