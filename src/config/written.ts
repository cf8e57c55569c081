import type { SecretKeeper } from '../secret.ts';
import { CONNECTION_FLAGS } from './connection-flags.ts';
import type { Layer } from './env.ts';
import { listFlag, text, valueFlag } from './flag.ts';
import { type Origin, readFlags, type Typed } from './read-flags.ts';

/** A setting as the user wrote it, before it was judged. */
export type Written = { readonly what: WrittenName; readonly text: string; readonly origin: Origin };

/** The settings whose text is looked at, by the names that people use for them. */
const WRITTEN_FLAGS = {
  'account id': valueFlag({ ...CONNECTION_FLAGS.accountId, parse: text }),
  'client id': valueFlag({ ...CONNECTION_FLAGS.clientId, parse: text }),
  'client secret': valueFlag({ ...CONNECTION_FLAGS.clientSecret, parse: text }),
  'access token': valueFlag({ ...CONNECTION_FLAGS.accessToken, parse: text }),
  'subscription id': listFlag({ ...CONNECTION_FLAGS.subscriptionId, parse: text }),
  'socket URL': valueFlag({ ...CONNECTION_FLAGS.wsUrl, parse: text }),
  'token URL': valueFlag({ ...CONNECTION_FLAGS.oauthUrl, parse: text }),
  'API URL': valueFlag({ ...CONNECTION_FLAGS.apiUrl, parse: text }),
  'client secret file': valueFlag({ ...CONNECTION_FLAGS.clientSecretFile, parse: text }),
  grant: valueFlag({ ...CONNECTION_FLAGS.grant, parse: text }),
};
export type WrittenName = keyof typeof WRITTEN_FLAGS;

/** What was typed, under the names that people use. */
const byWords = (typed: Typed): Typed => ({
  'account id': typed.accountId,
  'client id': typed.clientId,
  'client secret': typed.clientSecret,
  'access token': typed.accessToken,
  'subscription id': typed.subscriptionId,
  'socket URL': typed.wsUrl,
  'token URL': typed.oauthUrl,
  'API URL': typed.apiUrl,
  'client secret file': typed.clientSecretFile,
  grant: typed.grant,
});

/** As long as a client secret of Zoom's, and longer than its client ids: a value of this length is never shown. */
const SECRET_LENGTH = 32;

/**
 * Everything that was written for a connection, as it stands. What is secret, stands in a secret's place or looks like
 * one is kept for masking: also a malformed value must appear in no output.
 */
export const readWritten = (typed: Typed, layers: readonly Layer[], secrets: SecretKeeper): readonly Written[] => {
  const { values, origins } = readFlags(WRITTEN_FLAGS, byWords(typed), layers);
  const written = Object.entries(values).flatMap(([name, value]) => {
    const what = name as WrittenName;
    const origin = origins[what];
    if (origin === undefined || value === undefined) return [];
    const texts = typeof value === 'string' ? [value] : value;
    return texts.map((one) => ({ what, text: one, origin }));
  });
  for (const { what, text: value } of written) {
    if (what === 'client secret' || what === 'access token') secrets.keep(value.trim());
    if (what === 'client id' && value.trim().length >= SECRET_LENGTH) secrets.keep(value.trim());
  }
  return written;
};

/** What an access token makes needless. */
const FOR_A_TOKEN: ReadonlySet<WrittenName> = new Set([
  'account id',
  'client id',
  'client secret',
  'client secret file',
  'token URL',
  'grant',
]);

/** Of what was written, what this connection uses: nobody is bothered with the rest. */
export const inUse = (
  written: readonly Written[],
  secret: { readonly value: string; readonly origin: Origin } | undefined,
): readonly Written[] => {
  if (written.some(({ what }) => what === 'access token')) return written.filter(({ what }) => !FOR_A_TOKEN.has(what));
  if (secret === undefined) return written;
  return [
    ...written.filter(({ what }) => what !== 'client secret'),
    { what: 'client secret', text: secret.value, origin: secret.origin },
  ];
};
