import { resolve } from 'node:path';
import { readFlags } from '../../config/read-flags.ts';
import { lookedIn, readSecrets, WEBHOOK_SECRET } from '../../config/signing-secrets.ts';
import { WEBHOOK_SECRET_FLAGS } from '../../config/webhook-flags.ts';
import { reasonOf } from '../../errors.ts';
import type { Host } from '../../host.ts';
import type { WebhookOptions } from '../../source/webhook/index.ts';
import { readTls } from '../../source/webhook/tls-files.ts';
import type { Invocation } from '../command.ts';
import { keepOf } from '../shared/filter-flags.ts';
import { type Header, readHeaders } from '../shared/header-flag.ts';
import { layersOf } from '../shared/settings.ts';
import type { ListenValues } from './flags.ts';

const USUAL_PORT = 8788;
const USUAL_HEALTH_PATH = '/healthz';
const USUAL_MAX_AGE_MS = 2 * 3_600_000;
const USUAL_MAX_BODY = 1_000_000;
const USUAL_QUEUE = 1_000;

/** Everything that `listen` needs to know; what is wrong is added to `complaints`. */
export const prepareListen = async (
  host: Host,
  { typed, secrets, notify }: Pick<Invocation, 'typed' | 'secrets' | 'notify'>,
  values: ListenValues,
  complaints: string[],
): Promise<Omit<WebhookOptions, 'wantsFrames' | 'showsFrames'>> => {
  const layers = await layersOf(host, { typed, notify });
  const { values: typedSecrets } = readFlags(WEBHOOK_SECRET_FLAGS, typed);
  const before = complaints.length;
  const signing = await readSecrets(
    WEBHOOK_SECRET,
    { texts: typedSecrets.webhookSecret, files: typedSecrets.webhookSecretFile },
    {
      cwd: host.cwd,
      secrets,
      layers,
      stdin: { [Symbol.asyncIterator]: () => host.stdin[Symbol.asyncIterator]() },
      warn: (text) => notify({ kind: 'warning', text }),
    },
    complaints,
  );
  if (signing.length === 0 && complaints.length === before)
    complaints.push(
      `The webhook secret (${lookedIn(WEBHOOK_SECRET, layers).replace(': looked', ') is missing: looked')}.`,
    );
  const headers = readHeaders('--require-header', values.requireHeader, host.cwd, secrets, complaints);
  const token = layers.map((layer) => layer.values.ZOOM_VERIFICATION_TOKEN).find((value) => value);
  const legacy: readonly Header[] = token ? [{ name: 'authorization', value: secrets.keep(token) }] : [];
  const healthPath = typed.healthPath === '' ? undefined : (values.healthPath ?? USUAL_HEALTH_PATH);
  if (values.path !== undefined && values.path === healthPath)
    complaints.push(`--path and --health-path are both ${values.path}: expected two paths, or --health-path ''.`);
  if (values.ack === 'recorded' && values.record === undefined)
    complaints.push('--ack recorded: expected --record <file> beside it, to be acknowledged is what is recorded.');
  const keep = await keepOf(values);
  return {
    host: values.host ?? '127.0.0.1',
    port: values.port ?? USUAL_PORT,
    path: values.path,
    healthPath,
    ...tlsOf(values, host.cwd, complaints),
    publicUrl: values.publicUrl,
    secrets: signing,
    requiredHeaders: [...headers, ...legacy],
    maxAgeMs: values.maxAge ?? USUAL_MAX_AGE_MS,
    maxBody: values.maxBody ?? USUAL_MAX_BODY,
    queue: values.queue ?? USUAL_QUEUE,
    ack: values.ack ?? 'received',
    passes: (delivery) => keep.keeps(delivery),
  };
};

const tlsOf = (
  { tlsCert, tlsKey }: ListenValues,
  cwd: string,
  complaints: string[],
): Pick<WebhookOptions, 'tls' | 'tlsFiles'> => {
  if (tlsCert === undefined && tlsKey === undefined) return { tls: undefined, tlsFiles: undefined };
  if (tlsCert === undefined || tlsKey === undefined) {
    complaints.push('--tls-cert and --tls-key go together: expected both.');
    return { tls: undefined, tlsFiles: undefined };
  }
  const tlsFiles = { cert: resolve(cwd, tlsCert), key: resolve(cwd, tlsKey) };
  try {
    return { tls: readTls(tlsFiles), tlsFiles };
  } catch (error) {
    complaints.push(`--tls-cert, --tls-key: expected a certificate and its key (${reasonOf(error)}).`);
    return { tls: undefined, tlsFiles: undefined };
  }
};
