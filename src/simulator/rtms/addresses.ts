import type { Stream } from './stream.ts';

/** Where signalling is; the number tells one server from the next, after a failover. */
export const signalUrl = (base: string, { server }: Pick<Stream, 'server'>): string => `${base}/rtms/signal/${server}`;

/** Where the media of a stream are: each kind that the product has, and all of them together. */
export const addressesOf = (base: string, { facts, server }: Stream): Readonly<Record<string, string>> =>
  Object.fromEntries([...facts.media, 'all'].map((kind) => [kind, `${base}/rtms/media/${kind}/${server}`]));

/** What a path of these asks for; undefined for any other path. Any media may be asked for at any media address. */
export const readPath = (path: string): { readonly kind: 'signal' | 'media'; readonly server: number } | undefined => {
  const [, signal, media] = /^\/rtms\/(?:signal\/(\d{1,6})|media\/[a-z]+\/(\d{1,6}))$/.exec(path) ?? [];
  if (signal !== undefined) return { kind: 'signal', server: Number(signal) };
  if (media !== undefined) return { kind: 'media', server: Number(media) };
  return undefined;
};
