/** What a request asks for. */
export type Target = { readonly path: string; readonly query: string };

const PRINTABLE = /^[\x21-\x7e\x80-\xff]+$/;

/**
 * Reads a request target: a path, or a whole URL as proxies get it (RFC 9112, 3.2). Undefined for what is neither: `*`,
 * `//host`, a name without a slash.
 */
export const readTarget = (target: string): Target | undefined => {
  if (!PRINTABLE.test(target)) return undefined;
  const url = /^https?:\/\/[^/?#]+([/?].*)?$/i.exec(target);
  const origin = url ? (url[1] ?? '/').replace(/^\?/, '/?') : target;
  if (!origin.startsWith('/') || origin.startsWith('//') || origin.includes('#')) return undefined;
  const at = origin.indexOf('?');
  return at < 0 ? { path: origin, query: '' } : { path: origin.slice(0, at), query: origin.slice(at + 1) };
};
