import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { reasonOf } from '../../errors.ts';
import type { Secret, SecretKeeper } from '../../secret.ts';

export type Header = { readonly name: string; readonly value: Secret };

/** A name and a value as HTTP allows them (RFC 9110, 5). */
const FORM =
  /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([\x21-\x7e\x80-\xff](?:[\x20-\x7e\x80-\xff\t]*[\x21-\x7e\x80-\xff])?)$/;

/**
 * Headers from `'name: value'` or, a line each, from `@file`. Their values are secrets; complaints never show them. Names
 * come in lower case.
 */
export const readHeaders = (
  flag: string,
  typed: readonly string[],
  cwd: string,
  secrets: SecretKeeper,
  complaints: string[],
): readonly Header[] =>
  typed
    .flatMap((text) => linesOf(flag, text, cwd, complaints))
    .flatMap((line) => {
      const [, name, value] = FORM.exec(line.trim()) ?? [];
      if (name === undefined || value === undefined) {
        complaints.push(`${flag}: expected 'name: value', or @file with such lines in it.`);
        return [];
      }
      return [{ name: name.toLowerCase(), value: keep(value, secrets) }];
    });

/** What is behind `Basic` or `Bearer` is the secret, also where it stands alone. */
const keep = (value: string, secrets: SecretKeeper): Secret => {
  const [, credential] = /^(?:basic|bearer)\s+(\S+)$/i.exec(value) ?? [];
  if (credential !== undefined) secrets.keep(credential);
  return secrets.keep(value);
};

const linesOf = (flag: string, text: string, cwd: string, complaints: string[]): readonly string[] => {
  if (!text.startsWith('@')) return [text];
  const path = text.slice(1);
  try {
    return readFileSync(resolve(cwd, path), 'utf8')
      .split(/\r?\n/)
      .filter((line) => line.trim() !== '');
  } catch (error) {
    complaints.push(`${flag} @${path}: expected a file that can be read (${reasonOf(error)}).`);
    return [];
  }
};
