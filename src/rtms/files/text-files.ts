import { appendFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { writeWhole } from '../disk/write-whole.ts';
import { CAPTION_FORMATS, type CaptionKind, captionText } from './caption-formats.ts';
import { createSentences, type Sentence } from './sentences.ts';

/** Files that hold the last revision of each sentence, in order. */
export type TextFiles = {
  put(key: string, sentence: Sentence | undefined): void;
  /** Writes what has changed. Throws what the disk says. */
  flush(): void;
  names(): readonly string[];
};

/** `name`: without its ending. `isLoading`: until the first flush, what is put is what the files hold already. */
export const createTextFiles = (folder: string, name: string, kinds: readonly CaptionKind[]): TextFiles => {
  const sentences = createSentences();
  let written = 0;
  let isStale = false;
  const files = kinds.map((kind) => ({ kind, file: `${name}.${kind}`, path: join(folder, `${name}.${kind}`) }));
  return {
    names: () => files.filter(({ path }) => existsSync(path)).map(({ file }) => file),
    put(key, sentence) {
      if (sentences.put(key, sentence) === 'changed') isStale = true;
    },
    flush() {
      const all = sentences.all();
      if (!isStale && all.length === written) return;
      for (const { kind, path } of files) {
        if (isStale || written === 0) writeWhole(path, captionText(kind, all));
        else {
          const { cue } = CAPTION_FORMATS[kind];
          const added = all.slice(written).map((sentence, index) => cue(sentence, written + index));
          appendFileSync(path, added.join(''), { mode: 0o600 });
        }
      }
      written = all.length;
      isStale = false;
    },
  };
};
