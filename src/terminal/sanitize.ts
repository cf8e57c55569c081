/**
 * What a terminal would obey or a reader could be fooled by: C0 and C1 controls, DEL, line and paragraph separators,
 * zero-width and bidirectional controls, fillers that show nothing, the byte order mark, tag characters, unpaired surrogates.
 * The zero-width joiner (U+200D) stays: emoji families are made with it, and it moves no other character.
 */
const UNSAFE =
  /[\u0000-\u001F\u007F-\u009F\u00AD\u061C\u115F\u1160\u17B4\u17B5\u180E\u200B\u200C\u200E\u200F\u2028-\u202E\u2060-\u2064\u2066-\u206F\u3164\uFEFF\uFFA0\uFFF9-\uFFFB\u{1D173}-\u{1D17A}\u{E0000}-\u{E007F}\p{Surrogate}]|\u034F|[\u180B-\u180D]|\u180F/gu;

/** Control, bidirectional and zero-width characters become visible escapes: `\u001b`, `\n`. For terminals only. */
export const sanitize = (text: string): string => text.replace(UNSAFE, escapeOf);

/** The same in finished JSON, where nothing but strings holds such characters: they become JSON's own escapes. */
export const escapedForJson = (json: string): string =>
  json.replace(UNSAFE, (character) =>
    Array.from({ length: character.length }, (_, at) => `\\u${hex(character.charCodeAt(at))}`).join(''),
  );

const hex = (unit: number): string => unit.toString(16).padStart(4, '0');

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

const escapeOf = (character: string): string => {
  const code = character.codePointAt(0) ?? 0;
  return SHORT[character] ?? (code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${hex(code)}`);
};
