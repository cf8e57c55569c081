import { parseBytes } from '../../config/bytes.ts';
import {
  Complaint,
  choice,
  count,
  duration,
  type Flags,
  listFlag,
  text,
  type Values,
  valueFlag,
} from '../../config/flag.ts';
import { port } from '../../config/port.ts';
import { isIpAddress } from '../../http/hosts.ts';
import { OUTLET_FLAGS } from '../outlets/index.ts';
import { FILTER_FLAGS } from '../shared/filter-flags.ts';
import { FORWARD_FLAGS } from '../shared/forward-flags.ts';
import { REDACT_FLAGS } from '../shared/redact-flags.ts';
import { LIMIT_FLAGS, RUN_FLAGS } from '../tail/flags.ts';

const path = (value: string): string => {
  if (!/^\/[\x21-\x7e]*$/.test(value) || /[?#]/.test(value) || value.startsWith('//'))
    throw new Complaint('expected a path such as /webhook, without a query');
  return value;
};

const size = (value: string): number => {
  const bytes = parseBytes(value);
  if (bytes === undefined) throw new Complaint('expected a size such as 1MB or 500kB');
  return bytes;
};

/** Zoom takes nothing else: a public host name, over TLS. */
const publicUrl = (value: string): string => {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url?.protocol !== 'https:') throw new Complaint('expected a URL that begins with https://, as Zoom does');
  if (isIpAddress(url.hostname)) throw new Complaint('expected a host name, Zoom takes no bare IP address');
  if (url.username !== '' || url.password !== '') throw new Complaint('expected no user name or password in the URL');
  url.hash = '';
  return url.href;
};

export const ENDPOINT_FLAGS = {
  port: valueFlag({ spelling: '--port <number>', help: '0 picks a free one', parse: port, shownDefault: '8788' }),
  host: valueFlag({ spelling: '--host <address>', help: 'where to listen', parse: text, shownDefault: '127.0.0.1' }),
  path: valueFlag({
    spelling: '--path <path>',
    help: 'accept this path only; the query is ignored',
    parse: path,
    shownDefault: 'any path',
  }),
  healthPath: valueFlag({
    spelling: '--health-path <path>',
    help: "answers 200, or 503 while full or stopping; '' switches it off",
    parse: path,
    shownDefault: '/healthz',
  }),
  publicUrl: valueFlag({
    spelling: '--public-url <url>',
    help: 'what you paste into the Marketplace: tried at the start, with a challenge',
    parse: publicUrl,
  }),
  tlsCert: valueFlag({
    spelling: '--tls-cert <file>',
    help: 'speak HTTPS with this certificate; read again when it changes',
    parse: text,
  }),
  tlsKey: valueFlag({ spelling: '--tls-key <file>', help: 'the private key of that certificate', parse: text }),
} satisfies Flags;

export const ACCEPT_FLAGS = {
  requireHeader: listFlag({
    spelling: '--require-header <header>',
    help: "'name: value' or @file: every request must have it, besides the signature; repeatable",
    commas: false,
    secret: true,
    parse: text,
  }),
  maxAge: valueFlag({
    spelling: '--max-age <duration>',
    help: 'refuse requests that are older, or more than 5 minutes ahead; 0 takes any',
    parse: (value: string) => (value === '0' ? 0 : duration(value)),
    shownDefault: '2h',
  }),
  maxBody: valueFlag({ spelling: '--max-body <size>', help: 'the largest request', parse: size, shownDefault: '1MB' }),
  queue: valueFlag({
    spelling: '--queue <count>',
    help: 'how many events may wait; Zoom sends the others again',
    parse: count(1),
    shownDefault: '1000',
  }),
  ack: valueFlag({
    spelling: '--ack <received|recorded>',
    help: 'when Zoom gets its 200: at once, or when the event is on disk (with --record)',
    parse: choice('received', 'recorded'),
    shownDefault: 'received',
  }),
} satisfies Flags;

const { readyFile, stats } = RUN_FLAGS;
export const LISTEN_RUN_FLAGS = { readyFile, stats } satisfies Flags;

export const LISTEN_FLAGS = {
  ...FILTER_FLAGS,
  ...LIMIT_FLAGS,
  ...OUTLET_FLAGS,
  ...FORWARD_FLAGS,
  ...REDACT_FLAGS,
  ...LISTEN_RUN_FLAGS,
  ...ENDPOINT_FLAGS,
  ...ACCEPT_FLAGS,
};
export type ListenValues = Values<typeof LISTEN_FLAGS>;
