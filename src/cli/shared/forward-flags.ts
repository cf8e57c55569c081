import {
  Complaint,
  choice,
  count,
  duration,
  type Flags,
  listFlag,
  positiveDuration,
  text,
  toggle,
  type Values,
  valueFlag,
} from '../../config/flag.ts';
import { forwardTarget } from '../../config/forward-target.ts';

const MOST_AT_ONCE = 256;

const attempts = (value: string): number => {
  if (value === 'unlimited') return Number.POSITIVE_INFINITY;
  if (!/^\d+$/.test(value)) throw new Complaint('expected a whole number, 0 or more, or "unlimited"');
  return count(0)(value);
};

const concurrency = (value: string): number => {
  const number = count(1)(value);
  if (number > MOST_AT_ONCE) throw new Complaint(`expected a number from 1 to ${MOST_AT_ONCE}`);
  return number;
};

/** Handing events on to an HTTP handler: for every command that emits events. */
export const FORWARD_FLAGS = {
  forwardTo: valueFlag({
    spelling: '--forward-to <url>',
    help: 'post each event to this handler, signed as Zoom signs: 3000, localhost:3000/webhook, or a URL',
    parse: forwardTarget,
    secret: true,
  }),
  forwardHeader: listFlag({
    spelling: '--forward-header <header>',
    help: "'name: value' or @file: also send this header; repeatable",
    commas: false,
    secret: true,
    parse: text,
  }),
  forwardUnsigned: toggle({ spelling: '--forward-unsigned', help: 'without a signature' }),
  forwardInsecure: toggle({
    spelling: '--forward-insecure',
    help: "do not check the handler's certificate",
  }),
  forwardConcurrency: valueFlag({
    spelling: '--forward-concurrency <n>',
    help: 'how many at a time; events of one meeting stay in order',
    parse: concurrency,
    shownDefault: '1',
  }),
  forwardTimeout: valueFlag({
    spelling: '--forward-timeout <duration>',
    help: 'from sending to the whole answer',
    parse: positiveDuration,
    shownDefault: '10s',
  }),
  forwardRetries: valueFlag({
    spelling: '--forward-retries <n|unlimited>',
    help: 'further attempts after 408, 429, 5xx, time-outs and broken connections',
    parse: attempts,
    shownDefault: '5',
  }),
  forwardOverflow: valueFlag({
    spelling: '--forward-overflow <wait|fail>',
    help: 'when 10,000 events or 64 MB wait: hold the source back, or give up the oldest',
    parse: choice('wait', 'fail'),
    shownDefault: 'fail, in replay wait',
  }),
  forwardFailed: valueFlag({
    spelling: '--forward-failed <file>',
    help: 'append what was given up to this recording, to replay it later',
    parse: text,
  }),
  forwardBody: valueFlag({
    spelling: '--forward-body <raw|stringify>',
    help: 'stringify for handlers that hash re-serialised JSON',
    parse: choice('raw', 'stringify'),
    shownDefault: 'raw',
  }),
  forwardResponse: toggle({ spelling: '--forward-response', help: "show the handler's answers on stderr" }),
  forwardDrain: valueFlag({
    spelling: '--forward-drain <duration>',
    help: 'at the end, time for what still waits',
    parse: duration,
    shownDefault: '10s; in replay as long as there is progress',
  }),
  noForwardCheck: toggle({ spelling: '--no-forward-check', help: 'do not send a challenge first' }),
} satisfies Flags;

export type ForwardValues = Values<typeof FORWARD_FLAGS>;

/** Complaints about flags that need `--forward-to`. */
export const forwardComplaints = (values: ForwardValues): readonly string[] => {
  if (values.forwardTo !== undefined) return [];
  const others = (Object.keys(FORWARD_FLAGS) as (keyof ForwardValues)[]).filter((name) => name !== 'forwardTo');
  const given = others.some((name) => isGiven(values[name]));
  return given ? ['Flags that begin with --forward- go with --forward-to <url>.'] : [];
};

const isGiven = (value: unknown): boolean =>
  Array.isArray(value) ? value.length > 0 : value !== undefined && value !== false;
