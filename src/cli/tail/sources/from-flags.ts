import { Complaint, type Flags, positiveDuration, text, valueFlag } from '../../../config/flag.ts';
import { type Moment, needsLastEvent, parseMoment } from '../../../source/replay/index.ts';

const parseSince = (value: string): Moment | 'all' => {
  if (value === 'all') return 'all';
  const moment = parseMoment(value);
  if (moment.kind !== 'back' && needsLastEvent(moment)) {
    throw new Complaint('expected a duration such as 1h, a time such as 2026-11-22T10:42:00Z, or all');
  }
  return moment;
};

const parseNow = (value: string): 'now' => {
  if (value !== 'now') throw new Complaint('expected now');
  return 'now';
};

/** A name that NATS takes for a consumer. */
const parseName = (value: string): string => {
  if (!/^[\w-]{1,200}$/.test(value)) throw new Complaint('expected letters, digits, "_" and "-"');
  return value;
};

/** Reading from a stream instead of from Zoom. */
export const FROM_FLAGS = {
  from: valueFlag({
    spelling: '--from <url>',
    help: 'read from a stream that --to publishes to: nats://host/STREAM; no Zoom settings are needed',
    env: 'ZOOM_FROM',
    parse: text,
  }),
  since: valueFlag({
    spelling: '--since <duration, time or all>',
    help: 'begin with what was stored from then on',
    parse: parseSince,
    shownDefault: 'what comes from now on',
  }),
  until: valueFlag({ spelling: '--until <now>', help: 'end after what was stored at the start', parse: parseNow }),
  durable: valueFlag({
    spelling: '--durable <name>',
    help: 'the server keeps the position; several with one name share the events',
    parse: parseName,
  }),
  ackWait: valueFlag({
    spelling: '--ack-wait <duration>',
    help: 'with --durable: an event that is held longer goes to another reader',
    parse: positiveDuration,
    default: '30s',
  }),
} satisfies Flags;
