import { ZoomWsError } from '../errors.ts';
import { isLoopback } from './hosts.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** Which variable names the proxy for each scheme; the socket's `wss` counts as `https`. */
const VARIABLES: Readonly<Record<string, string>> = {
  'https:': 'HTTPS_PROXY',
  'wss:': 'HTTPS_PROXY',
  'http:': 'HTTP_PROXY',
  'ws:': 'HTTP_PROXY',
};
const DEFAULT_PORTS: Readonly<Record<string, string>> = { 'https:': '443', 'wss:': '443', 'http:': '80', 'ws:': '80' };

/**
 * The proxy for a URL, as curl reads HTTPS_PROXY, HTTP_PROXY and NO_PROXY (lower case first); undefined for a direct
 * connection. This machine itself is never reached through a proxy.
 */
export const proxyFor = (target: string, env: Env): string | undefined => {
  const url = new URL(target);
  const variable = VARIABLES[url.protocol];
  if (variable === undefined || isLoopback(url.hostname)) return undefined;
  const proxy = read(env, variable);
  if (!proxy || isExempt(url, read(env, 'NO_PROXY') ?? '')) return undefined;
  const full = proxy.includes('://') ? proxy : `http://${proxy}`;
  if (URL.canParse(full) && /^https?:/.test(full) && isDecodable(new URL(full))) return full;
  throw new ZoomWsError(
    'settings',
    `${variable} is set, but expected a URL such as http://proxy.example.com:3128 in it.`,
    {
      hint: 'Correct the variable, or name the host in NO_PROXY to reach it directly.',
    },
  );
};

/** Whether what stands for special characters in user and password can be read. */
const isDecodable = ({ username, password }: URL): boolean => {
  try {
    decodeURIComponent(username + password);
    return true;
  } catch {
    return false;
  }
};

const read = (env: Env, name: string): string | undefined => env[name.toLowerCase()] || env[name];

const isExempt = (url: URL, list: string): boolean => {
  const host = bare(url.hostname);
  const port = url.port || DEFAULT_PORTS[url.protocol];
  return list
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => {
      if (entry === '*') return true;
      // An IPv6 address has colons of its own; with a port it stands in brackets.
      const [, name = '', entryPort] = /^(\[.*\]|[^:]*)(?::(\d+))?$/.exec(entry) ?? [undefined, entry];
      if (entryPort !== undefined && entryPort !== port) return false;
      const suffix = bare(name).replace(/^\*?\./, '');
      return host === suffix || host.endsWith(`.${suffix}`);
    });
};

const bare = (host: string): string =>
  host
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '');
