import { readFileSync } from 'node:fs';
import { reasonOf, ZoomWsError } from '../errors.ts';

/** The text of a file that a URL's parameter names. Throws `settings` where it cannot be read. */
export const readSetting = (parameter: string, path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new ZoomWsError('settings', `${parameter}=${path}: expected a file that can be read (${reasonOf(error)}).`);
  }
};
