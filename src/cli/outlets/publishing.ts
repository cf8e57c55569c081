import { isAbsolute, join, resolve } from 'node:path';
import { Complaint } from '../../config/flag.ts';
import { type Origin, readFlags } from '../../config/read-flags.ts';
import type { EngineUrl } from '../../engine/url.ts';
import type { Host } from '../../host.ts';
import { isLoopback } from '../../http/hosts.ts';
import type { Invocation } from '../command.ts';
import { layersOf } from '../shared/settings.ts';
import { TO_FLAGS } from './to-flags.ts';

/** Where the events of a run are published to, and how. */
export type Publishing = {
  readonly url: EngineUrl;
  readonly create: boolean;
  /** The folder of all spools. */
  readonly spools: string;
  readonly spoolMax: number;
};

export type PublishingReading = {
  /** Undefined where it was not asked for, or where there are complaints. */
  readonly publishing: Publishing | undefined;
  readonly complaints: readonly string[];
};

type Command = {
  /** `ZOOM_TO` counts for runs that read from Zoom; a recording is published only by the flag. */
  readonly readsEnvironment: boolean;
  /** `--demo`: made-up events are published nowhere. */
  readonly isDemo?: boolean;
};

/** Reads `--to` and what belongs to it. Everything that is wrong is told by `complaints`; warnings go to `notify`. */
export const readPublishing = async (
  host: Host,
  { typed, notify, secrets }: Pick<Invocation, 'typed' | 'notify' | 'secrets'>,
  { readsEnvironment, isDemo = false }: Command,
): Promise<PublishingReading> => {
  const layers = readsEnvironment && !isDemo ? await layersOf(host, { typed, notify }) : [];
  const { values, origins, complaints } = readFlags(TO_FLAGS, typed, layers);
  const { to } = values;
  if (to === undefined || origins.to === undefined) {
    return { publishing: undefined, complaints: [...complaints, ...needingTo(typed)] };
  }
  if (isDemo) return { publishing: undefined, complaints: ['--to: made-up events (--demo) are published nowhere.'] };
  const found = [...complaints, ...redactComplaints(typed)];
  try {
    const { parseEngineUrl } = await import('../../engine/url.ts');
    const url = parseEngineUrl(to);
    found.push(...strangersPlace(url, origins.to));
    if (url.password !== undefined) secrets.keep(url.password);
    if (found.length > 0) return { publishing: undefined, complaints: found };
    for (const text of warningsOf(url, origins.to)) notify({ kind: 'warning', text });
    const spools = values.spool === undefined ? usualSpools(host.env) : resolve(host.cwd, values.spool);
    return { publishing: { url, create: values.toCreate, spools, spoolMax: values.spoolMax }, complaints: [] };
  } catch (error) {
    if (!(error instanceof Complaint)) throw error;
    return { publishing: undefined, complaints: [...found, `${origins.to.place}: ${error.message}.`] };
  }
};

const needingTo = (typed: Invocation['typed']): readonly string[] =>
  (['toCreate', 'spool', 'spoolMax'] as const)
    .filter((name) => typed[name] !== undefined && typed[name] !== TO_FLAGS.spoolMax.default)
    .map((name) => `${TO_FLAGS[name].spelling.split(' ')[0]}: expected --to <url> beside it.`);

/** With another key in each process the same event would have other texts. */
const redactComplaints = ({ redact, redactKey }: Invocation['typed']): readonly string[] =>
  redact === true && redactKey === undefined
    ? ['--redact with --to: expected --redact-key <text or @file>, so that every publisher masks alike.']
    : [];

/** A `.env` in a stranger's folder must not send events elsewhere. */
const strangersPlace = (url: EngineUrl, { place, source }: Origin): readonly string[] => {
  const names = url.kind === 'nats' ? url.servers.map((server) => server.replace(/:\d+$/, '')) : [url.host];
  const isLocal = names.every((name) => isLoopback(name) || name.startsWith('/'));
  return source === 'working directory' && !isLocal
    ? [
        `${place} leads to ${names.join(', ')}: from a .env it may lead to this machine only; give it in the environment or by --to.`,
      ]
    : [];
};

const warningsOf = (url: EngineUrl, { place, source }: Origin): readonly string[] => [
  ...(url.isExposed ? [`${url.shown}: events travel in clear text`] : []),
  ...(url.kind === 'postgres' && url.sslmode === 'require'
    ? [`${url.shown}: sslmode=require does not check the certificate`]
    : []),
  ...(url.password !== undefined && source === 'flag'
    ? [
        `the password in ${place} can be seen by every user of this machine; better in ZOOM_TO or a file (password-file=)`,
      ]
    : []),
];

/** `$XDG_STATE_HOME`, else `~/.local/state` [XDG Base Directory Specification]. */
const usualSpools = ({ XDG_STATE_HOME, HOME, USERPROFILE }: Host['env']): string => {
  const state =
    XDG_STATE_HOME && isAbsolute(XDG_STATE_HOME) ? XDG_STATE_HOME : join(HOME || USERPROFILE || '.', '.local', 'state');
  return join(state, 'zoom-ws', 'spool');
};
