import { join } from 'node:path';
import { type Connection, readConnection, refusalsOf } from '../../config/connection.ts';
import { CONNECTION_FLAGS } from '../../config/connection-flags.ts';
import { configurationFile, type Layer, shortened } from '../../config/env.ts';
import { type Reading, readFlags } from '../../config/read-flags.ts';
import { readWritten } from '../../config/written.ts';
import { ZoomWsError } from '../../errors.ts';
import { EXIT_OK, SIGNAL_EXIT_CODES } from '../../exit-codes.ts';
import type { Host } from '../../host.ts';
import { streamSink } from '../../outlet/stream.ts';
import type { Invocation } from '../command.ts';
import { listenForStop } from '../shared/interrupt.ts';
import { refuse, settingsWorld } from '../shared/settings.ts';
import { examine } from './examine.ts';
import type { InitValues } from './flags.ts';
import { createPrompter, EndOfInput, type Prompter } from './prompter.ts';
import { askForSettings } from './questions.ts';
import { settingsText, type Variables } from './settings-text.ts';
import { isThere, writePrivately } from './write-file.ts';

/** Asks, tests and writes; answers with the exit status. */
export const runInit = async (host: Host, invocation: Invocation, values: InitValues): Promise<number> => {
  const interrupt = listenForStop(host);
  const keys = new AbortController();
  const signal = AbortSignal.any([interrupt.signal, keys.signal]);
  // With "-" the secret itself is read from stdin.
  const isAsked = host.stdin.isTTY === true && host.stderr.isTTY === true && invocation.typed.clientSecretFile !== '-';
  const onInterrupt = (): void => {
    if (keys.signal.aborted) host.exitNow(SIGNAL_EXIT_CODES.SIGINT);
    keys.abort(new Error('stopped by Ctrl-C'));
  };
  const prompter = isAsked ? createPrompter(host, signal, onInterrupt) : undefined;
  try {
    return await initWith(host, invocation, values, prompter, signal);
  } catch (error) {
    if (error instanceof EndOfInput) throw notWritten('the input ended before the last answer');
    if (!signal.aborted) throw error;
    return SIGNAL_EXIT_CODES[interrupt.by() ?? 'SIGINT'];
  } finally {
    prompter?.close();
    interrupt.release();
    // A read of stdin that still waits would keep the process alive.
    if (signal.aborted) host.stdin.destroy();
  }
};

const initWith = async (
  host: Host,
  invocation: Invocation,
  { here, force, yes }: InitValues,
  prompter: Prompter | undefined,
  signal: AbortSignal,
): Promise<number> => {
  const path = here ? join(host.cwd, '.env') : configurationFile(host.env);
  if (path === undefined) {
    throw new ZoomWsError('settings', 'There is no home directory (HOME) for the settings file.', {
      hint: 'Set HOME or XDG_CONFIG_HOME, or give --here to write .env in this folder.',
    });
  }
  const shown = here ? '.env' : shortened(path, host.env);
  const exists = isThere(path);
  if (exists && !force) {
    if (!prompter) throw notWritten(`${shown} is there already`, 'Give --force to overwrite it.');
    if (!(await prompter.confirm(`${shown} is there already. Overwrite all of it?`))) {
      throw notWritten(`${shown} is there already`);
    }
  }
  const variables = await collect(host, invocation, prompter);
  const text = await settingsText(variables);
  const settings: Layer = { name: shown, source: 'named file', values: variables };
  const isSound = await examine(settings, host, invocation, { yes, prompter, signal });
  if (!isSound && !force && !(await prompter?.confirm('A check failed. Write the file all the same?'))) {
    throw notWritten('a check failed', 'Correct what is named above, or write the file all the same with --force.');
  }
  signal.throwIfAborted();
  writePrivately(path, text, exists);
  invocation.notify({ kind: 'note', text: `the settings are written to ${shown}, which only you can read` });
  const sink = streamSink(host.stdout, 'stdout');
  await sink.write(`${path}\n`);
  await sink.close();
  return EXIT_OK;
};

const notWritten = (why: string, hint?: string): ZoomWsError =>
  new ZoomWsError('not-written', `Nothing was written: ${why}.`, { hint });

/** The settings, from flags and environment, and on a terminal from the person there; throws all complaints at once. */
const collect = async (
  host: Host,
  { typed: given, notify, secrets }: Invocation,
  prompter: Prompter | undefined,
): Promise<Variables> => {
  const { ZOOM_ACCESS_TOKEN: _livesAnHour, ...env } = host.env;
  const layers: readonly Layer[] = [{ name: 'the environment', source: 'environment', values: env }];
  const before = readFlags(CONNECTION_FLAGS, given, layers);
  refuse(before.complaints);
  const known = new Set(Object.keys(before.origins));
  if (known.has('clientSecretFile')) known.add('clientSecret');
  if (before.values.wsUrl.id !== undefined) known.add('subscriptionId');
  const answers = prompter ? await askForSettings(known, prompter, (text) => host.stderr.write(text)) : {};
  const typed = { ...given, ...answers };
  const reading = readFlags(CONNECTION_FLAGS, typed, layers);
  const result = await readConnection(reading, {
    ...settingsWorld(host, notify),
    ...{ secrets, layers, written: readWritten(typed, layers, secrets), stdin: () => host.stdin },
  });
  if (!result.connection) refuse(refusalsOf(result), 'Give flags or set variables; on a terminal, init asks.');
  if (!result.connection) throw new TypeError('settings without a complaint make a connection');
  return variablesOf(result.connection, reading);
};

/** As they are written down: what has its usual value is left out. */
const variablesOf = (
  { credentials, subscriptions, oauthUrl, apiUrl }: Connection,
  { values, origins }: Reading<typeof CONNECTION_FLAGS>,
): Variables => {
  if (credentials.kind !== 'app') throw new TypeError('a token is not among the settings that are written');
  const urls = new Set(subscriptions.map(({ url }) => url));
  const [url] = urls;
  const usual = readFlags(CONNECTION_FLAGS, {}).values;
  const ids = subscriptions.map((one) => (urls.size > 1 ? withId(one.url, one.id) : one.id));
  return {
    ZOOM_ACCOUNT_ID: credentials.accountId,
    ZOOM_CLIENT_ID: credentials.clientId,
    ZOOM_CLIENT_SECRET: credentials.clientSecret.reveal(),
    ZOOM_SUBSCRIPTION_ID: ids.join(','),
    ZOOM_GRANT: origins.grant ? values.grant : undefined,
    ZOOM_WS_URL: urls.size === 1 && url !== usual.wsUrl.url ? url : undefined,
    ZOOM_OAUTH_URL: oauthUrl === usual.oauthUrl ? undefined : oauthUrl,
    ZOOM_API_URL: apiUrl,
  };
};

const withId = (url: string, id: string): string => {
  const whole = new URL(url);
  whole.searchParams.set('subscriptionId', id);
  return whole.href;
};
