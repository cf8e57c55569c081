import { isLoopback, isZoomHost } from '../http/hosts.ts';

/** Where a value was found, as far as trust goes. */
export type Source = 'flag' | 'named file' | 'environment' | 'working directory' | 'configuration';

/** A file that `--dotenv` names is meant as much as a flag is. */
const RANKS: Readonly<Record<Source, number>> = {
  flag: 0,
  'named file': 0,
  environment: 1,
  'working directory': 2,
  configuration: 3,
};

type Origin = { readonly place: string; readonly source: Source };

/** A secret that is about to be sent. */
export type Held = {
  /** `the client secret` */
  readonly what: string;
  readonly origin: Origin;
  /** Whether its origin only names the file that holds it (`ZOOM_CLIENT_SECRET_FILE`). */
  readonly byFile: boolean;
};

/** Where it would go; without an origin, to an address that this program knows by itself. */
export type Recipient = { readonly url: string; readonly origin: Origin | undefined };

/**
 * Why this secret may not go to this URL, as a whole sentence; undefined if it may. Precedence is not trust: the `.env`
 * of the working directory may come from a stranger, with whose folder somebody's own secret must not leave. So a URL
 * from there with a foreign host is taken only for a secret that stands beside it; a secret whose file is named there
 * goes to no foreign host at all; and from elsewhere such a URL may not have a lower rank than the secret. `isOwn`: the
 * hosts that the secret is for, Zoom's unless said otherwise.
 */
export const misdirection = (
  secret: Held,
  { url, origin }: Recipient,
  isOwn: (hostname: string) => boolean = isOfZoom,
): string | undefined => {
  const { hostname } = new URL(url);
  if (origin === undefined || isLoopback(hostname) || isOwn(hostname)) return undefined;
  const isStrangers = (source: Source): boolean => source === 'working directory';
  const from = secret.origin.source;
  const sends = `${origin.place} would send ${secret.what} of ${secret.origin.place} to "${hostname}", which is neither a host of ${isOwn === isOfZoom ? "Zoom's" : 'its service'} nor this machine`;
  if (secret.byFile && isStrangers(from)) {
    return `${sends}: a secret whose file is named in .env goes nowhere else. If that is meant, name the file and the URL in the environment, by flags or in a file that --dotenv names, but not in .env.`;
  }
  const isAllowed = isStrangers(origin.source) ? isStrangers(from) : RANKS[origin.source] <= RANKS[from];
  if (isAllowed) return undefined;
  return `${sends}. If that is meant, give the URL where the secret is given, or in a higher place (environment, a file that --dotenv names, flag), but not in .env.`;
};

/** Zoom's other name is no host of its API, but nobody else's either. */
const isOfZoom = (hostname: string): boolean => isZoomHost(hostname) || /(^|\.)zoom\.com$/.test(hostname.toLowerCase());
