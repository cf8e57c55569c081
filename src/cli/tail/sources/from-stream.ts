import { CONNECTION_FLAGS, HEARTBEAT_FLAGS, RETRY_FLAGS } from '../../../config/connection-flags.ts';
import { Complaint, type Flags, longName, type Values } from '../../../config/flag.ts';
import { readFlags } from '../../../config/read-flags.ts';
import type { NatsUrl } from '../../../engine/url.ts';
import type { Host } from '../../../host.ts';
import { isLoopback } from '../../../http/hosts.ts';
import { resolveMoment } from '../../../source/replay/index.ts';
import type { Invocation } from '../../command.ts';
import { FILTER_FLAGS } from '../../shared/filter-flags.ts';
import { layersOf, refuse } from '../../shared/settings.ts';
import { FROM_FLAGS } from './from-flags.ts';
import type { SourceKind } from './kind.ts';
import { subjectFor } from './subject-for.ts';

/** A stream of NATS JetStream that other runs publish to. */
export const fromStream: SourceKind = {
  name: 'from',
  groups: [{ title: 'From a stream:', flags: FROM_FLAGS }],
  isAskedFor: async (host, invocation) => (await readFrom(host, invocation)).values.from !== undefined,
  async prepare(host, invocation, complaints) {
    const { typed, notify, secrets } = invocation;
    const { values, origins, complaints: malformed } = await readFrom(host, invocation);
    const { event, where, meeting } = readFlags(FILTER_FLAGS, typed).values;
    const place = origins.from?.place ?? '--from';
    const all = [...complaints, ...malformed, ...conflicts(typed), ...needingDurable(typed)];
    const url = await urlOf(values.from ?? '', place, all);
    if (url !== undefined && origins.from?.source === 'working directory' && !leadsHere(url)) {
      all.push(`${place} leads to ${url.servers.join(', ')}: from a .env it may lead to this machine only.`);
    }
    refuse(all);
    if (url === undefined) throw new TypeError('a URL that was not refused');
    if (url.password !== undefined) secrets.keep(url.password);
    if (url.isExposed) notify({ kind: 'warning', text: `${url.shown}: events travel in clear text` });
    const wantsOurs = typed.lifecycle === true || typed.record !== undefined;
    const filter = wantsOurs
      ? undefined
      : await subjectFor(
          event.flatMap(({ patterns }) => patterns),
          url.subject,
        );
    const filters = { event: texts(event), where: texts(where), meeting: texts(meeting) };
    return {
      key: url.shown,
      async open(deps) {
        const { openStream } = await import('../../../source/stream/index.ts');
        return openStream(
          {
            url,
            start: startOf(values.since, typed.utc === true, deps.clock.now()),
            isStartGiven: values.since !== undefined,
            filter,
            durable:
              values.durable === undefined ? undefined : { name: values.durable, ackWaitMs: values.ackWait, filters },
            untilNow: values.until !== undefined,
            maxRetries: readFlags(RETRY_FLAGS, typed).values.maxRetries,
          },
          deps,
        );
      },
    };
  },
};

const readFrom = async (host: Host, { typed, notify }: Pick<Invocation, 'typed' | 'notify'>) => {
  return readFlags(FROM_FLAGS, typed, await layersOf(host, { typed, notify }));
};

const urlOf = async (text: string, place: string, complaints: string[]): Promise<NatsUrl | undefined> => {
  const { parseEngineUrl } = await import('../../../engine/url.ts');
  try {
    const url = parseEngineUrl(text);
    if (url.kind === 'nats') return url;
    complaints.push(`${place}: expected nats://host/STREAM; a table is read with SQL.`);
  } catch (error) {
    if (!(error instanceof Complaint)) throw error;
    complaints.push(`${place}: ${error.message}.`);
  }
  return undefined;
};

const leadsHere = ({ servers }: NatsUrl): boolean => servers.every((server) => isLoopback(server.replace(/:\d+$/, '')));

/** What speaks of a connection to Zoom, or of publishing, has no meaning here. */
const conflicts = (typed: Invocation['typed']): readonly string[] => {
  const { maxRetries: _, ...retry } = RETRY_FLAGS;
  const flags: Flags = { ...CONNECTION_FLAGS, ...HEARTBEAT_FLAGS, ...retry };
  const given = Object.entries(flags).filter(
    ([name, flag]) => typed[name] !== undefined && !isDefault(flag, typed[name]),
  );
  const names = [...given.map(([, flag]) => longName(flag)), ...(typed.to === undefined ? [] : ['--to'])];
  return names.map((name) => `${name}: has no meaning beside --from, because Zoom is not asked.`);
};

const isDefault = (flag: Flags[string], value: unknown): boolean =>
  Array.isArray(value) ? value.length === 0 : flag.kind === 'value' && flag.default === value;

const needingDurable = (typed: Invocation['typed']): readonly string[] =>
  typed.ackWait !== undefined && typed.durable === undefined && typed.ackWait !== FROM_FLAGS.ackWait.default
    ? ['--ack-wait: expected --durable <name> beside it.']
    : [];

const startOf = (since: Values<typeof FROM_FLAGS>['since'], utc: boolean, now: number): 'new' | 'all' | number => {
  if (since === undefined) return 'new';
  return since === 'all' ? 'all' : resolveMoment(since, utc, now);
};

const texts = (values: readonly { readonly text: string }[]): readonly string[] => values.map(({ text }) => text);
