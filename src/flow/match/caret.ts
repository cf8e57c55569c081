import { Complaint } from '../../config/flag.ts';

/** What a terminal might obey or not show; one replacement character each keeps the columns countable. */
const UNSHOWN = /[\p{C}\p{Zl}\p{Zp}]/gu;
/** Characters that take two columns of a terminal. */
const WIDE = /\p{Emoji_Presentation}|[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60]/u;
/** How much is shown on each side of the place, so that the line is not broken by a terminal of 80 columns. */
const AROUND = 30;

/** A complaint of three lines: the sentence, the text, and a caret under the character at `index`. */
export const complaintAt = (text: string, index: number, sentence: string): Complaint => {
  const before = [...shown(text.slice(0, index))];
  const after = [...shown(text.slice(index))];
  const head = before.length > AROUND ? ['…', ...before.slice(-AROUND)] : before;
  const tail = after.length > AROUND ? [...after.slice(0, AROUND), '…'] : after;
  return new Complaint(`${sentence}\n${[...head, ...tail].join('')}\n${head.map(blank).join('')}^`);
};

const shown = (text: string): string => text.replace(UNSHOWN, '\uFFFD');

const blank = (character: string): string => (WIDE.test(character) ? '  ' : ' ');
