import { Complaint } from '../config/flag.ts';

/** The pieces of a URL that both kinds have. */
export type UrlParts = {
  readonly user: string | undefined;
  readonly password: string | undefined;
  readonly authority: string;
  readonly path: string;
  readonly parameters: ReadonlyMap<string, string>;
};

/** Throws for a parameter that is not known: a slip of the pen must not mean something else. */
export const refuseUnknown = (parameters: ReadonlyMap<string, string>, known: readonly string[]): void => {
  const unknown = [...parameters.keys()].find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new Complaint(`the parameter "${unknown}" is not known; expected ${known.join(', ')}`);
};

/** Whether it goes beyond this machine in clear text. Throws where that was not asked for. */
export const mayGoInClear = (isExposed: boolean, parameters: ReadonlyMap<string, string>, secure: string): boolean => {
  if (isExposed && parameters.get('plaintext') !== 'yes') {
    throw new Complaint(
      `without TLS it may lead to this machine only, because it would send events in clear text; expected ${secure}, or plaintext=yes`,
    );
  }
  return isExposed;
};

/** `host`, `host:port`, `[::1]:port`. */
export const withPort = (text: string, usual: number): { readonly name: string; readonly port: number } => {
  const [, name = '', digits] = /^(\[[\da-f:.]+\]|[^:[\]\s]+)(?::(\d{1,5}))?$/i.exec(text) ?? [];
  const port = digits === undefined ? usual : Number(digits);
  if (name === '' || port < 1 || port > 65_535)
    throw new Complaint('expected a host, and perhaps a port from 1 to 65535');
  return { name, port };
};

export const credentialsOf = (userinfo: string): Pick<UrlParts, 'user' | 'password'> => {
  const colon = userinfo.indexOf(':');
  const user = decode(colon < 0 ? userinfo : userinfo.slice(0, colon)) || undefined;
  return { user, password: colon < 0 ? undefined : decode(userinfo.slice(colon + 1)) };
};

export const decode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new Complaint('expected "%" to begin an escape such as %40');
  }
};

export const parametersOf = (query: string): ReadonlyMap<string, string> => new Map(new URLSearchParams(query));
