import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Flags, text, toggle, type Values, valueFlag } from '../../config/flag.ts';
import { reasonOf, ZoomWsError } from '../../errors.ts';

/** Masking of personal data: for every command that writes events. */
export const REDACT_FLAGS = {
  redact: toggle({
    spelling: '--redact',
    help: 'mask personal data and secrets in all that is written, with pseudonyms that are stable within the run',
  }),
  redactKey: valueFlag({
    spelling: '--redact-key <text or @file>',
    help: 'make the pseudonyms the same in every run with this key; implies --redact',
    parse: text,
    secret: true,
  }),
} satisfies Flags;

/** For a key of this run alone: no one can find out who is behind a pseudonym by trying names. */
const RANDOM_KEY_BYTES = 32;

/**
 * The function that masks an event's text, or undefined where no masking was asked for. Loads it only then. Throws
 * `settings` where the key's file cannot be read or holds nothing; the line end of a file is not part of the key.
 */
export const redactorOf = async (
  values: Values<typeof REDACT_FLAGS>,
  cwd: string,
): Promise<((eventText: string) => string) | undefined> => {
  if (!values.redact && values.redactKey === undefined) return undefined;
  const key = values.redactKey === undefined ? randomBytes(RANDOM_KEY_BYTES) : readKey(values.redactKey, cwd);
  const { createRedactor } = await import('../../redact/index.ts');
  return createRedactor({ key });
};

const readKey = (given: string, cwd: string): string => {
  if (!given.startsWith('@')) return given;
  const path = given.slice(1);
  try {
    const key = readFileSync(resolve(cwd, path), 'utf8').replace(/(\r?\n)+$/, '');
    if (key !== '') return key;
  } catch (error) {
    throw new ZoomWsError('settings', `--redact-key @${path}: expected a file that can be read (${reasonOf(error)}).`);
  }
  throw new ZoomWsError('settings', `--redact-key @${path}: expected the key in it, but it is empty.`);
};
