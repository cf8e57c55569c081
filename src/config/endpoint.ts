import { isLoopback } from '../http/hosts.ts';
import { Complaint } from './flag.ts';

/** A URL from the settings, and the subscription id that it carried, if any. */
export type Endpoint = { readonly url: string; readonly id: string | undefined };

const SCHEMES = { ws: ['wss:', 'ws:'], http: ['https:', 'http:'] } as const;

/**
 * Reads an endpoint URL: TLS, or plain only to this machine. A `subscriptionId` in its query is taken out, and so is a
 * token that was pasted with it. Throws a Complaint that says what was expected.
 */
export const endpoint =
  (scheme: keyof typeof SCHEMES) =>
  (value: string): Endpoint => {
    const [secure, plain] = SCHEMES[scheme];
    const url = URL.canParse(value) ? new URL(value) : undefined;
    if (!url || (url.protocol !== secure && url.protocol !== plain)) {
      throw new Complaint(`expected a URL that begins with ${secure}//`);
    }
    if (url.protocol === plain && !isLoopback(url.hostname)) {
      throw new Complaint(
        `expected ${secure}//: plain ${plain}// is allowed only to this machine (loopback), because it would send a secret in clear text`,
      );
    }
    if (url.username || url.password) throw new Complaint('expected no user name or password in the URL');
    let id: string | undefined;
    for (const [name, text] of [...url.searchParams]) {
      if (name.toLowerCase() === 'subscriptionid') {
        id = text.trim() || id;
        url.searchParams.delete(name);
      } else if (name.toLowerCase() === 'access_token') url.searchParams.delete(name);
    }
    url.hash = '';
    return { url: url.href, id };
  };
