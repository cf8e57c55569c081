/**
 * Settings that would stand in the way of those that are exported: emptied, which counts as not set.
 * A token of the real Zoom must not be sent here.
 */
const EMPTIED = ['ZOOM_ACCESS_TOKEN', 'ZOOM_CLIENT_SECRET_FILE', 'ZOOM_GRANT'];

/** `export NAME=value` for each setting: for `eval` in sh, bash and zsh, and as a file for `--dotenv`. */
export const exportLines = (settings: Readonly<Record<string, string>>): string =>
  [...Object.entries(settings), ...EMPTIED.map((name) => [name, ''] as const)]
    .map(([name, value]) => `export ${name}=${quoted(value)}\n`)
    .join('');

/** As sh reads it: bare where nothing in it means anything to a shell. */
const quoted = (value: string): string =>
  /^[\w.:/@%+-]*$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`;
