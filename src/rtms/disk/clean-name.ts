const MOST_BYTES = 60;

/** A name from a stranger as part of a file's name: letters, digits, `-` and `_`, at most 60 bytes; may be empty. */
export const cleanName = (name: string): string => {
  const clean = name
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}_-]+/gu, '-')
    .replace(/^-+|-+$/g, '');
  let cut = '';
  let bytes = 0;
  for (const letter of clean) {
    bytes += Buffer.byteLength(letter);
    if (bytes > MOST_BYTES) break;
    cut += letter;
  }
  return cut.replace(/-+$/, '');
};
