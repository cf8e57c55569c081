import type { Notice } from './notice.ts';

/** How loud a notice is: `error` survives --quiet, `detail` needs --verbose, `frame` needs it twice. */
export type Level = 'error' | 'warning' | 'info' | 'detail' | 'frame';

/** A notice in words: lower case, no full stop. */
export type Wording = { readonly level: Level; readonly text: string; readonly hint?: string | undefined };

type Words = { readonly [Kind in Notice['kind']]: (notice: Extract<Notice, { kind: Kind }>) => Wording };

const WORDS: Words = {
  warning: ({ text, hint }) => ({ level: 'warning', text, hint }),
  note: ({ text }) => ({ level: 'info', text }),
  detail: ({ text }) => ({ level: 'detail', text }),
  frame: ({ direction, text }) => ({ level: 'frame', text: `${direction === 'in' ? '<' : '>'} ${text}` }),
  failed: ({ text, hint }) => ({ level: 'error', text, hint }),
};

/** The words for a notice. */
export const wordingOf = (notice: Notice): Wording => {
  const word = WORDS[notice.kind] as (notice: Notice) => Wording;
  return word(notice);
};
