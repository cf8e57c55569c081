import { resolve } from 'node:path';
import { readFlags } from '../../config/read-flags.ts';
import { FORWARD_SECRET, lookedIn, readSecrets, WEBHOOK_SECRET } from '../../config/signing-secrets.ts';
import { FORWARD_SECRET_FLAGS, WEBHOOK_SECRET_FLAGS } from '../../config/webhook-flags.ts';
import type { Host } from '../../host.ts';
import type { ForwardOptions } from '../../outlet/http/index.ts';
import { Secret } from '../../secret.ts';
import { version } from '../../version.ts';
import { SIGNATURE, TIMESTAMP } from '../../webhook/headers.ts';
import type { Invocation } from '../command.ts';
import type { ForwardValues } from './forward-flags.ts';
import { readHeaders } from './header-flag.ts';
import { layersOf } from './settings.ts';

const USUAL_TIMEOUT_MS = 10_000;
const USUAL_RETRIES = 5;
const USUAL_DRAIN_MS = 10_000;

/** What only this program may say of a request. */
const OURS: ReadonlySet<string> = new Set([SIGNATURE, TIMESTAMP, 'content-length', 'transfer-encoding', 'connection']);

/** With which secret the demo signs where none is set: made up, for handlers to be tried with. */
export const SIMULATED_SECRET = 'simulated_secret_token';

/** What differs from command to command. */
export type ForwardRun = {
  readonly command: 'tail' | 'listen' | 'replay' | 'trigger' | 'simulate';
  readonly isDemo?: boolean;
  readonly isRedacted: boolean;
  /** Where `listen` itself listens. */
  readonly own?: { readonly host: string; readonly port: number };
};

/**
 * Reads everything that forwarding needs; undefined where it was not asked for. What is wrong is added to `complaints`;
 * nothing has been sent anywhere then.
 */
export const readForward = async (
  host: Host,
  { typed, secrets, notify, general }: Pick<Invocation, 'typed' | 'secrets' | 'notify' | 'general'>,
  values: ForwardValues,
  run: ForwardRun,
  complaints: string[],
): Promise<ForwardOptions | undefined> => {
  const target = values.forwardTo;
  if (target === undefined) return undefined;
  const secret = values.forwardUnsigned
    ? undefined
    : await secretFor(host, { typed, secrets, notify }, run, complaints);
  const headers = readHeaders('--forward-header', values.forwardHeader, host.cwd, secrets, complaints);
  for (const { name } of headers)
    if (OURS.has(name)) complaints.push(`--forward-header: expected another header than ${name}, which is made anew.`);
  const { port, hostname } = new URL(target.origin);
  if (run.own && run.own.port !== 0 && Number(port) === run.own.port && isSameHost(hostname, run.own.host))
    complaints.push(`--forward-to ${target.shown}: expected another address than the one that is listened on.`);
  if (values.forwardInsecure)
    notify({ kind: 'warning', text: `--forward-insecure: the certificate of ${target.shown} is not checked` });
  const basic = target.credentials && Buffer.from(target.credentials).toString('base64');
  if (target.credentials !== undefined) keepParts(target.credentials, secrets.keep);
  const authorization = basic ? [{ name: 'authorization', value: secrets.keep(`Basic ${basic}`) }] : [];
  return {
    ...target,
    headers: [...authorization, ...headers],
    secret,
    userAgent: `Zoom Marketplace/1.0a (zoom-ws/${version})`,
    isInsecure: values.forwardInsecure,
    concurrency: values.forwardConcurrency ?? 1,
    timeoutMs: values.forwardTimeout ?? USUAL_TIMEOUT_MS,
    retries: values.forwardRetries ?? USUAL_RETRIES,
    overflow: values.forwardOverflow ?? (run.command === 'replay' ? 'wait' : 'fail'),
    failedFile: values.forwardFailed === undefined ? undefined : resolve(host.cwd, values.forwardFailed),
    body: values.forwardBody ?? 'raw',
    showsResponse: values.forwardResponse,
    drainMs: values.forwardDrain ?? (run.command === 'replay' ? undefined : USUAL_DRAIN_MS),
    checks: !values.noForwardCheck,
    isRedacted: run.isRedacted,
    tellsAll: host.stderr.isTTY === true || general.verbose > 0,
    env: host.env,
  };
};

const keepParts = (credentials: string, keep: (value: string) => unknown): void => {
  keep(credentials);
  const password = credentials.slice(credentials.indexOf(':') + 1);
  if (password !== '') keep(password);
};

const isSameHost = (target: string, own: string): boolean => {
  const bare = target.replace(/^\[|\]$/g, '');
  return bare === own || ['127.0.0.1', '::1', 'localhost'].includes(bare);
};

const secretFor = async (
  host: Host,
  { typed, secrets, notify }: Pick<Invocation, 'typed' | 'secrets' | 'notify'>,
  { command, isDemo }: ForwardRun,
  complaints: string[],
): Promise<Secret | undefined> => {
  const layers = await layersOf(host, { typed, notify });
  const own = readFlags(FORWARD_SECRET_FLAGS, typed).values;
  const zooms = readFlags(WEBHOOK_SECRET_FLAGS, typed).values;
  const context = {
    ...{ cwd: host.cwd, secrets, layers },
    stdin: { [Symbol.asyncIterator]: () => host.stdin[Symbol.asyncIterator]() },
    warn: (text: string) => notify({ kind: 'warning', text }),
  };
  const before = complaints.length;
  const [first] = await readSecrets(
    FORWARD_SECRET,
    { texts: own.forwardSecret, files: own.forwardSecretFile },
    context,
    complaints,
  );
  if (first !== undefined || complaints.length > before) return first;
  const [second] = await readSecrets(
    WEBHOOK_SECRET,
    { texts: zooms.webhookSecret, files: zooms.webhookSecretFile },
    context,
    complaints,
  );
  if (second !== undefined || complaints.length > before) return second;
  // It is exported with the simulator's other settings.
  if (command === 'simulate') return new Secret(SIMULATED_SECRET);
  if (isDemo) {
    notify({
      kind: 'note',
      text: `signing with a made-up secret: export ZOOM_WEBHOOK_SECRET_TOKEN=${SIMULATED_SECRET}`,
    });
    // Not kept as a secret: it is none, and the line above is to be read.
    return new Secret(SIMULATED_SECRET);
  }
  const where = lookedIn(WEBHOOK_SECRET, layers).replace(': looked', ') is missing: looked');
  complaints.push(`The secret to sign with (--forward-secret, ZOOM_FORWARD_SECRET, ${where}; or --forward-unsigned.`);
  return undefined;
};
