import { isIP, isIPv4 } from 'node:net';
import { isLoopback } from '../http/hosts.ts';
import { Complaint } from './flag.ts';

/** Where events are posted to. */
export type ForwardTarget = {
  /** Without credentials and query: as it may be shown. */
  readonly shown: string;
  readonly origin: string;
  /** Path and query. */
  readonly path: string;
  /** Addresses to try in turn instead of what a resolver says. */
  readonly addresses: readonly string[];
  /** `user:password`; undefined: none. */
  readonly credentials: string | undefined;
};

const BOTH_LOOPBACKS = ['127.0.0.1', '::1'];

/**
 * `3000`, `:3000/p`, `localhost:3000/p` or a URL. Throws a Complaint; plain http goes only where a secret is not carried
 * through other people's networks.
 */
export const forwardTarget = (value: string): ForwardTarget => {
  const [, port, rest = ''] = /^:?(\d{1,5})([/?].*)?$/s.exec(value) ?? [];
  const text = port === undefined ? withScheme(value) : `http://127.0.0.1:${port}${rest}`;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:\/\/[^/?#]/i.test(text))
    throw new Complaint('expected a port such as 3000, localhost:3000/webhook, or a URL');
  if (text.includes('#')) throw new Complaint('expected no fragment (#…), it is never sent');
  if (url.protocol === 'http:' && !isNear(url.hostname))
    throw new Complaint('expected https://: plain http:// goes only to this machine and to private networks');
  const isLocal = port !== undefined || url.hostname.toLowerCase() === 'localhost';
  return {
    shown: `${url.origin}${url.pathname}`,
    origin: url.origin,
    path: `${url.pathname}${url.search}`,
    addresses: isLocal ? BOTH_LOOPBACKS : [],
    credentials: url.username === '' && url.password === '' ? undefined : credentialsIn(url),
  };
};

const withScheme = (value: string): string => (/^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? value : `http://${value}`);

const credentialsIn = ({ username, password }: URL): string => {
  try {
    return `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  } catch {
    throw new Complaint('expected user and password in the URL to be percent-encoded');
  }
};

/** Loopback, private addresses, and names that no public resolver knows. */
const isNear = (hostname: string): boolean => {
  const host = hostname
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '');
  if (isLoopback(host)) return true;
  if (isIPv4(host)) return /^(10\.|192\.168\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.)/.test(host);
  if (isIP(host) === 6) return /^(f[cd]|fe[89ab])/.test(host);
  return !host.includes('.') || /\.(local|internal|test)$/.test(host);
};
