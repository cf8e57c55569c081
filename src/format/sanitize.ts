/**
 * What a terminal would obey or a reader could be fooled by: C0 and C1 controls, DEL, line and paragraph separators,
 * zero-width and bidirectional controls, the byte order mark, tag characters, unpaired surrogates.
 * The zero-width joiner (U+200D) stays: emoji families are made with it, and it moves no other character.
 */
const UNSAFE =
  /[\u0000-\u001F\u007F-\u009F\u00AD\u061C\u180E\u200B\u200C\u200E\u200F\u2028-\u202E\u2060-\u2064\u2066-\u206F\uFEFF\uFFF9-\uFFFB\u{E0000}-\u{E007F}\p{Surrogate}]/gu;

/** Control, bidirectional and zero-width characters become visible escapes: `\u001b`, `\n`. For terminals only. */
export const sanitize = (text: string): string => text.replace(UNSAFE, escapeOf);

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

const escapeOf = (character: string): string => {
  const code = character.codePointAt(0) ?? 0;
  return SHORT[character] ?? (code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, '0')}`);
};
