import { renameSync, writeFileSync } from 'node:fs';

/** Replaces a file in one step: whoever looks sees the old one or the new one, whole. */
export const writeWhole = (path: string, content: string | Buffer): void => {
  const next = `${path}.new`;
  writeFileSync(next, content, { mode: 0o600 });
  renameSync(next, path);
};
