import { TOO_MANY_FILES } from '../errors.ts';

/** What to do about a failure of the network, by Node's error codes; undefined where only waiting helps. */
const ADVICE: Readonly<Record<string, string>> = {
  ENOTFOUND: 'The name does not exist or DNS does not answer: check the spelling of the URL and the network.',
  EAI_AGAIN: 'DNS does not answer: check the network of this machine or container.',
  ECONNREFUSED: 'Nothing listens there: check host and port of the URL, and the proxy if one is set.',
  ECONNRESET: 'The connection was cut: a firewall or proxy may be in the way.',
  ETIMEDOUT: 'No answer: a firewall may be in the way; behind a proxy set HTTPS_PROXY.',
  EMFILE: TOO_MANY_FILES,
  ENFILE: TOO_MANY_FILES,
  ENETUNREACH: 'There is no route to the network: is this machine online?',
  SELF_SIGNED_CERT_IN_CHAIN:
    'Somebody between here and Zoom re-signs TLS (a company proxy): name its CA in NODE_EXTRA_CA_CERTS.',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'The certificate is self-signed: name its CA in NODE_EXTRA_CA_CERTS if it is yours.',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    'The certificate was signed by an unknown CA (a company proxy?): name that CA in NODE_EXTRA_CA_CERTS.',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    'The certificate was signed by an unknown CA (a company proxy?): name that CA in NODE_EXTRA_CA_CERTS.',
  CERT_HAS_EXPIRED: 'The certificate has expired, or the clock of this machine is wrong.',
  CERT_NOT_YET_VALID: 'The certificate is not valid yet: the clock of this machine is probably wrong.',
  ERR_TLS_CERT_ALTNAME_INVALID:
    'The certificate is for another host: check the URL, or what stands between here and Zoom.',
  EPROTO: 'The other side does not speak TLS: check scheme and port of the URL.',
  ERR_SSL_WRONG_VERSION_NUMBER: 'The other side does not speak TLS: check scheme and port of the URL.',
};

/** The advice for an error, looked for along its causes. */
export const networkAdvice = (error: unknown): string | undefined => {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const inner = cause instanceof AggregateError ? cause.errors[0] : cause;
    const advice = ADVICE[codeOf(inner)] ?? ADVICE[codeOf(cause)];
    if (advice !== undefined) return advice;
  }
  return undefined;
};

/** The advice for a code alone. */
export const adviceForCode = (code: string): string | undefined => ADVICE[code];

/** What to do about a proxy that answers CONNECT with anything but 200. */
export const proxyAdvice = (status: number): string =>
  status === 407
    ? 'The proxy needs a user name and password: HTTPS_PROXY=http://user:password@host:port.'
    : 'The proxy does not let this host through: ask who runs it, or name the host in NO_PROXY if it can be reached directly.';

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
