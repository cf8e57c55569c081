import type { Layer } from '../config/env.ts';
import type { Typed } from '../config/read-flags.ts';
import { ZoomWsError } from '../errors.ts';
import type { Host } from '../host.ts';
import { proxyFor } from '../http/proxy.ts';
import type { Notify } from '../notice/notice.ts';
import type { SecretKeeper } from '../secret.ts';
import { sanitize } from '../terminal/sanitize.ts';
import { connectionOf } from './connection-of.ts';
import { askConsent, type Consent } from './consent.ts';
import type { DoctorContext } from './context.ts';
import { openRecordingFile, readRecordingFacts } from './recording.ts';
import { type Result, runChecks, type Watchers } from './run-checks.ts';
import { selectChecks } from './select.ts';
import { createSession } from './session.ts';
import { readSetup } from './setup.ts';
import type { SyncProbe } from './sync-probe.ts';
import { createTokenDesk } from './token-desk.ts';
import { verdictOf } from './verdict.ts';
import type { WebhookProbe } from './webhook-probe.ts';
import type { DoctorOptions } from './world.ts';

/** What is asked of a run, besides the settings. */
export type DoctorRequest = {
  readonly options: Omit<DoctorOptions, 'hasRecording'>;
  readonly only: readonly string[];
  readonly yes: boolean;
  readonly recording: string | undefined;
  readonly dotenv: string | undefined;
  /** Where settings are looked for, instead of the usual places. */
  readonly layers?: readonly Layer[];
  /** Absent where no sync is set up: then section 9 is left out, unless it is named. */
  readonly sync?: SyncProbe | undefined;
  /** Absent where no endpoint is given: then section 7 is left out, unless it is named. */
  readonly webhook?: WebhookProbe | undefined;
};

export type DoctorDeps = {
  readonly host: Host;
  readonly typed: Typed;
  readonly secrets: SecretKeeper;
  readonly notify: Notify;
  /** Ctrl-C. */
  readonly signal: AbortSignal;
  /** Called while the settings are read, with what is waited for. */
  readonly onWait: (text: string) => void;
  /** Called once the settings are read, with the proxy in use as it may be shown. */
  readonly onReady: (proxy: string) => Promise<void>;
  /** Called when doctor begins to wait for events, with how long it will, in milliseconds. */
  readonly onListening: (waitMs: number) => void;
  /** Called before something is asked on the terminal. */
  readonly onQuestion: () => void;
  /** Asks on the terminal, where somebody else reads it already. */
  readonly ask?: (question: string) => Promise<string>;
};

export type Diagnosis = { readonly results: readonly Result[]; readonly verdict: string };

/**
 * Examines everything and closes every connection, however it ends. Throws `input` for a recording that cannot be read;
 * rejects with the reason of `signal` when that aborts.
 */
export const diagnose = async (request: DoctorRequest, deps: DoctorDeps, watchers: Watchers): Promise<Diagnosis> => {
  const { host, secrets } = deps;
  const { env, clock, cwd, platform, nodeVersion } = host;
  const file =
    request.recording === undefined
      ? undefined
      : await openRecordingFile(request.recording, { cwd, stdin: () => host.stdin });
  const world = {
    ...{ env, cwd, clock, signal: deps.signal },
    onWait: deps.onWait,
    // Opened only if it is read: stdin belongs to whoever started us.
    stdin: () => host.stdin,
  };
  const setup = await orAbort(readSetup(world, deps.typed, request, secrets), deps.signal);
  const over = new AbortController();
  const signal = AbortSignal.any([deps.signal, over.signal]);
  const options: DoctorOptions = { ...request.options, hasRecording: file !== undefined };
  const clean = (text: string) => secrets.mask(text).slice(0, LONGEST_TEXT).split('\n').map(sanitize).join('\n');
  const base = { options, setup, env, clock, cwd, platform, nodeVersion, secrets, notify: deps.notify, clean, signal };
  const session = createSession({ ...base, onListening: deps.onListening });
  let consent: Promise<Consent> | undefined;
  let facts: ReturnType<DoctorContext['recording']> | undefined;
  const context: DoctorContext = {
    ...base,
    sync: request.sync,
    webhook: request.webhook,
    session,
    tokens: createTokenDesk(() => connectionOf(base), base),
    consent: () => {
      consent ??= askConsent({
        ...base,
        host,
        yes: request.yes,
        offline: options.offline,
        onQuestion: deps.onQuestion,
        ask: deps.ask,
      });
      return consent;
    },
    recording: () => {
      if (!file) throw new TypeError('asked for a recording that was not given');
      facts ??= readRecordingFacts(file, signal);
      return facts;
    },
  };
  await deps.onReady(clean(proxyInUse(setup.connection?.oauthUrl ?? 'https://zoom.us', env)));
  try {
    const has = { sync: request.sync !== undefined, webhook: request.webhook !== undefined };
    const results = await runChecks(selectChecks(request.only, options, has), context, watchers);
    return { results, verdict: verdictOf(results) };
  } finally {
    over.abort(new Error('the run is over'));
    await Promise.all([session.close(), file?.close()]);
  }
};

/** Words of a server's have no end of their own. */
const LONGEST_TEXT = 4_000;

/** Reading the settings can wait for stdin: Ctrl-C ends that too. */
const orAbort = <T>(work: Promise<T>, signal: AbortSignal): Promise<T> =>
  Promise.race([
    work,
    new Promise<never>((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
  ]);

/** The proxy by host and port; its password is not shown. */
const proxyInUse = (url: string, env: Host['env']): string => {
  try {
    const proxy = proxyFor(url, env);
    return proxy === undefined ? 'none' : new URL(proxy).host;
  } catch (error) {
    if (error instanceof ZoomWsError) return error.message;
    throw error;
  }
};
