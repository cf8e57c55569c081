import { isIP } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect, type DetailedPeerCertificate, type TLSSocket } from 'node:tls';

/** What a TLS connection says of itself. */
export type TlsFacts = {
  readonly protocol: string;
  /** Who signed the certificate, as it says itself, from the nearest to the root. */
  readonly issuers: readonly string[];
  /** Node's code for why it is not trusted; undefined if it is. */
  readonly distrust: string | undefined;
};

/** Begins TLS whoever signed the certificate: only to look at it, nothing may be sent over this connection. */
export const startTls = (wire: Duplex, host: string): TLSSocket =>
  connect({ socket: wire, host, rejectUnauthorized: false, ...(!isIP(host) && { servername: host }) });

export const factsOf = (socket: TLSSocket): TlsFacts => {
  const issuers: string[] = [];
  const seen = new Set<string>();
  let certificate: DetailedPeerCertificate | undefined = socket.getPeerCertificate(true);
  // The root is its own issuer.
  while (certificate?.issuer && !seen.has(certificate.fingerprint256)) {
    seen.add(certificate.fingerprint256);
    issuers.push(nameOf(certificate.issuer));
    certificate = certificate.issuerCertificate;
  }
  const distrust = socket.authorized ? undefined : codeOf(socket.authorizationError);
  return { protocol: socket.getProtocol() ?? 'TLS', issuers: [...new Set(issuers)], distrust };
};

const nameOf = ({ CN, O }: { readonly CN?: string | string[]; readonly O?: string | string[] }): string => {
  const parts = [CN, O].flat().filter((part) => part !== undefined && part !== '');
  return parts.length === 0 ? 'an issuer without a name' : `"${[...new Set(parts)].join(', ')}"`;
};

/** Node declares an Error and gives its code as a string. */
const codeOf = (error: Error | string | undefined): string =>
  typeof error === 'string' ? error : error && 'code' in error ? String(error.code) : 'it cannot be verified';
