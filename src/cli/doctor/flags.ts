import { HEARTBEAT_FLAGS } from '../../config/connection-flags.ts';
import { Complaint, duration, type Flags, listFlag, text, toggle, type Values, valueFlag } from '../../config/flag.ts';
import { FILTER_FLAGS } from '../shared/filter-flags.ts';

const endpointUrl = (value: string): URL => {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) throw new Complaint('expected a URL that begins with https://');
  if (url.username !== '' || url.password !== '') throw new Complaint('expected no user name or password in the URL');
  url.hash = '';
  return url;
};

export const RUN_FLAGS = {
  wait: valueFlag({
    spelling: '--wait <duration>',
    help: 'how long to listen for events',
    parse: duration,
    default: '15s',
  }),
  event: FILTER_FLAGS.event,
  recording: valueFlag({
    spelling: '--recording <file>',
    help: 'look at a recording for repeats, order and lag, instead of the connection',
    parse: text,
  }),
  yes: toggle({ spelling: '--yes', help: 'connect without asking: a consumer that is connected now is displaced' }),
  config: valueFlag({
    spelling: '--config <file>',
    help: 'look also at the sync with this configuration (section 9)',
    parse: text,
  }),
  ledger: valueFlag({ spelling: '--ledger <file>', help: 'the ledger of that sync', parse: text }),
  webhook: valueFlag({
    spelling: '--webhook <url>',
    help: 'look also at this webhook endpoint (section 7): only challenges are sent, never an event',
    parse: endpointUrl,
  }),
  offline: toggle({ spelling: '--offline', help: 'do not open the socket; its host is probed all the same' }),
} satisfies Flags;

export const REPORT_FLAGS = {
  json: toggle({ spelling: '--json', help: 'one JSON object at the end, instead of the page' }),
  only: listFlag({
    spelling: '--only <id or section>',
    help: 'only this check (socket.accepted) or section (3, connection), and what it needs; repeatable',
    commas: true,
    parse: text,
  }),
  list: toggle({ spelling: '--list', help: 'list the checks' }),
  strict: toggle({ spelling: '--strict', help: 'a warning fails too' }),
} satisfies Flags;

export const DOCTOR_FLAGS = { ...RUN_FLAGS, ...REPORT_FLAGS, ...HEARTBEAT_FLAGS };
export type DoctorValues = Values<typeof DOCTOR_FLAGS>;
