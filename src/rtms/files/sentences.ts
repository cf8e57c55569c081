/** One sentence of a transcript, or one message of a chat, as it was last revised. Times in milliseconds from the start. */
export type Sentence = {
  readonly from: number;
  readonly to: number;
  readonly speaker: string;
  readonly text: string;
};

export type Sentences = {
  /** All that stand, in the order of their times. */
  all(): readonly Sentence[];
  /**
   * Takes a sentence, or what replaces one of the same key; undefined deletes it. Answers whether it only came on behind
   * the others, so that files can be lengthened instead of written anew.
   */
  put(key: string, sentence: Sentence | undefined): 'behind' | 'changed' | 'nothing';
};

export const createSentences = (): Sentences => {
  const byKey = new Map<string, Sentence>();
  const ordered: Sentence[] = [];

  const insert = (sentence: Sentence): boolean => {
    let at = ordered.length;
    while (at > 0 && (ordered[at - 1] as Sentence).from > sentence.from) at -= 1;
    ordered.splice(at, 0, sentence);
    return at === ordered.length - 1;
  };
  return {
    all: () => ordered,
    put(key, sentence) {
      const before = byKey.get(key);
      if (before) ordered.splice(ordered.indexOf(before), 1);
      if (sentence === undefined) {
        byKey.delete(key);
        return before ? 'changed' : 'nothing';
      }
      byKey.set(key, sentence);
      const isLast = insert(sentence);
      return isLast && !before ? 'behind' : 'changed';
    },
  };
};
