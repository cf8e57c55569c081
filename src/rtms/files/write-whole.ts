import { renameSync, writeFileSync } from 'node:fs';

/** Replaces a file in one step: whoever looks sees the old one or the new one, whole. */
export const writeWhole = (path: string, text: string): void => {
  const next = `${path}.new`;
  writeFileSync(next, text, { mode: 0o600 });
  renameSync(next, path);
};
