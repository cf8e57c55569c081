import {
  Complaint,
  count,
  type Flags,
  listFlag,
  positiveDuration,
  text,
  type Values,
  valueFlag,
} from '../../config/flag.ts';
import { port } from '../../config/port.ts';
import { FAULT_NAMES, FAULTS, type FaultPlan } from '../../simulator/index.ts';
import { DURATION_FORM, parseDuration } from '../../time/duration.ts';
import { FILTER_FLAGS } from '../shared/filter-flags.ts';
import { FORWARD_FLAGS } from '../shared/forward-flags.ts';
import { parseSpeed } from '../shared/speed.ts';

const LARGEST_SEED = 2 ** 32 - 1;
const SHORTEST_TOKEN_LIFE_MS = 1_000;

const UNITS_PER_SECOND: Readonly<Record<string, number>> = { s: 1, m: 1 / 60, h: 1 / 3600 };

/** `2/s`, `1/m`, `500` → events per second. */
export const rate = (value: string): number => {
  const [, amount, unit = 's'] = /^(\d+(?:\.\d+)?)(?:\/(s|m|h))?$/.exec(value) ?? [];
  if (amount === undefined) throw new Complaint('expected a rate such as 2/s, 1/m or 5000 (per second); 0 for none');
  return Number(amount) * (UNITS_PER_SECOND[unit] ?? 1);
};

/** `drop`, `drop:30s` → when it is to happen. */
export const fault = (value: string): FaultPlan => {
  const [wanted = '', when, ...more] = value.split(':');
  const name = FAULT_NAMES.find((known) => known === wanted);
  if (name === undefined) throw new Complaint(`expected one of ${FAULT_NAMES.join(', ')}`);
  if (when === undefined) return { name };
  const afterMs = more.length === 0 ? parseDuration(when) : undefined;
  if (afterMs === undefined) throw new Complaint(`expected ${DURATION_FORM} after "${name}:"`);
  return { name, afterMs };
};

const seed = (value: string): number => {
  const number = count(0)(value);
  if (number > LARGEST_SEED) throw new Complaint(`expected a whole number up to ${LARGEST_SEED}`);
  return number;
};

const instant = (value: string): number => {
  const at = /^\d{4}-\d\d-\d\d/.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(at)) throw new Complaint('expected an ISO 8601 time such as 2026-11-22T01:42:00Z');
  return at;
};

const tokenLife = (value: string): number => {
  const ms = positiveDuration(value);
  if (ms < SHORTEST_TOKEN_LIFE_MS) throw new Complaint('expected one second or more');
  return ms;
};

export const SIMULATE_FLAGS = {
  host: valueFlag({ spelling: '--host <address>', help: 'where to listen', parse: text, default: '127.0.0.1' }),
  port: valueFlag({ spelling: '--port <number>', help: '0 picks a free one', parse: port, default: '8787' }),
  tokenTtl: valueFlag({
    spelling: '--token-ttl <duration>',
    help: 'how long an access token is good',
    parse: tokenLife,
    default: '1h',
  }),
} satisfies Flags;

export const STORY_FLAGS = {
  rate: valueFlag({
    spelling: '--rate <rate>',
    help: 'events: 2/s, 1/m, 5000; 0 for none but those of "zoom-ws trigger"',
    parse: rate,
    default: '2/s',
  }),
  event: { ...FILTER_FLAGS.event },
  count: valueFlag({ spelling: '--count <n>', help: 'send this many events, then only stay up', parse: count(0) }),
  seed: valueFlag({ spelling: '--seed <n>', help: 'the same seed tells the same stories', parse: seed }),
  epoch: valueFlag({
    spelling: '--epoch <time>',
    help: 'the time of the first event, for the same bytes in each run',
    parse: instant,
  }),
  from: valueFlag({
    spelling: '--from <recording>',
    help: 'send the events of a recording instead of stories; .gz too, - reads stdin',
    parse: text,
  }),
  speed: valueFlag({
    spelling: '--speed <factor|max>',
    help: 'with --from: 1 keeps the recorded pace, 10 is ten times faster',
    parse: parseSpeed,
    default: 'max',
  }),
} satisfies Flags;

export const FAULT_FLAGS = {
  fault: listFlag({
    spelling: '--fault <name[:when]>',
    help: 'something that goes wrong: drop, drop:30s; repeatable, see below',
    commas: true,
    parse: fault,
  }),
} satisfies Flags;

const pauses = (value: string): readonly number[] => value.split(',').map((part) => positiveDuration(part.trim()));

/** Zoom's other way to deliver: the same events, posted. */
export const WEBHOOK_FLAGS = {
  forwardTo: {
    ...FORWARD_FLAGS.forwardTo,
    help: 'also post the events to this handler, as Zoom posts webhooks: 3000, localhost:3000/webhook, or a URL',
  },
  webhookRetries: valueFlag({
    spelling: '--webhook-retries <durations>',
    help: "pauses before further attempts; Zoom's are 5m,20m,60m",
    parse: pauses,
    default: '1s,4s,12s',
  }),
} satisfies Flags;

/** What each fault does, for the end of a command's help. */
export const FAULT_NOTES = `Faults:
${FAULT_NAMES.map((name) => `  ${name.padEnd(16)} ${FAULTS[name].does}`).join('\n')}`;

export type SimulateValues = Values<
  typeof SIMULATE_FLAGS & typeof STORY_FLAGS & typeof FAULT_FLAGS & typeof WEBHOOK_FLAGS
>;
