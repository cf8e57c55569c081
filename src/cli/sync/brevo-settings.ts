import { resolve } from 'node:path';
import type { SecretContext } from '../../config/client-secret.ts';
import type { Layer } from '../../config/env.ts';
import { readFlags, type Typed } from '../../config/read-flags.ts';
import { readSmallFile, readSmallStream } from '../../config/read-small-file.ts';
import { type Held, misdirection } from '../../config/trust.ts';
import { reasonOf } from '../../errors.ts';
import type { Secret, SecretKeeper } from '../../secret.ts';
import { BREVO_FLAGS } from './flags.ts';

export type BrevoSettings = {
  readonly url: string;
  readonly key: Secret;
  /** Where the key came from. */
  readonly place: string;
};

/** Brevo's API [Brevo's documentation]. */
const BREVO_URL = 'https://api.brevo.com/v3';
/** Its hosts: the service was renamed. */
const HOSTS: ReadonlySet<string> = new Set(['api.brevo.com', 'api.sendinblue.com']);

type FoundKey = { readonly value: string; readonly place: string; readonly origin: Held['origin'] };

/** Where the key goes, and which it is. Adds to `complaints`; undefined if something is missing or wrong. */
export const readBrevoSettings = async (
  typed: Typed,
  layers: readonly Layer[],
  context: SecretContext & { readonly secrets: SecretKeeper },
  complaints: string[],
): Promise<BrevoSettings | undefined> => {
  const { values, origins, complaints: malformed } = readFlags(BREVO_FLAGS, typed, layers);
  complaints.push(...malformed);
  const key = await findKey(values.brevoKeyFile, layers, context, complaints);
  if (key === undefined) return undefined;
  const secret = context.secrets.keep(key.value);
  const { place } = key;
  if (key.value.startsWith('xsmtpsib-')) {
    complaints.push(
      `${place}: this is Brevo's SMTP key (xsmtpsib-…): expected an API key, which begins with xkeysib-.`,
    );
    return undefined;
  }
  if (!/^[\x21-\x7e]+$/.test(key.value) || /^["'].*["']$/.test(key.value)) {
    complaints.push(`${place}: expected Brevo's API key (xkeysib-…), without quotes or white space.`);
    return undefined;
  }
  if (values.brevoUrl === undefined) return malformed.length > 0 ? undefined : { url: BREVO_URL, key: secret, place };
  const held = { what: "Brevo's API key", origin: key.origin, byFile: false };
  const recipient = { url: values.brevoUrl, origin: origins.brevoUrl };
  const complaint = misdirection(held, recipient, (hostname) => HOSTS.has(hostname));
  if (complaint !== undefined) {
    complaints.push(complaint);
    return undefined;
  }
  return { url: values.brevoUrl, key: secret, place };
};

const findKey = async (
  file: string | undefined,
  layers: readonly Layer[],
  context: SecretContext,
  complaints: string[],
): Promise<FoundKey | undefined> => {
  if (file !== undefined) {
    try {
      const text = await (file === '-'
        ? readSmallStream(context.stdin(), 'stdin', context)
        : readSmallFile(resolve(context.cwd, file), context));
      const value = text.replace(/^\uFEFF/, '').replace(/(\r?\n)+$/, '');
      const place = `--brevo-api-key-file (${file === '-' ? 'stdin' : file})`;
      if (value !== '') return { value, place, origin: { place, source: 'flag' } };
      complaints.push(`--brevo-api-key-file "${file}": expected the API key in it, but it is empty.`);
    } catch (error) {
      complaints.push(`--brevo-api-key-file "${file}": expected a file that can be read (${reasonOf(error)}).`);
    }
    return undefined;
  }
  for (const layer of layers) {
    const value = layer.values.BREVO_API_KEY;
    const place = `BREVO_API_KEY in ${layer.name}`;
    if (value !== undefined && value !== '') return { value, place, origin: { place, source: layer.source } };
  }
  complaints.push(
    `Brevo's API key (--brevo-api-key-file, BREVO_API_KEY) is missing: looked at ${['the flag', ...layers.map(({ name }) => name)].join(', ').replace(/, ([^,]*)$/, ' and $1')}.`,
  );
  return undefined;
};
