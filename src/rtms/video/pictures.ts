import { appendFileSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { cleanName } from '../disk/clean-name.ts';
import { writeWhole } from '../disk/write-whole.ts';
import type { MediaFact } from '../stream/taker.ts';

type Picture = MediaFact & { readonly kind: 'picture' };

/** Each picture as a file of its own: `share/<time>-<user id>.jpg`. */
export const createPictureFiles = (folder: string, name: string, ending: 'jpg' | 'png') => {
  let count = 0;
  return {
    add({ at, userId, data }: Picture) {
      if (count === 0) mkdirSync(join(folder, name), { mode: 0o700, recursive: true });
      count += 1;
      const time = new Date(at).toISOString().replace(/[-:]/g, '');
      writeWhole(join(folder, name, `${time}-${cleanName(userId) || 'unknown'}.${ending}`), data);
    },
    names: (): readonly string[] => (count === 0 ? [] : [`${name}/`]),
  };
};

/** The bare H.264 as it came, and a line with the time and size of each message. */
export const createBareVideo = (folder: string, name: string) => {
  let number = 1;
  while (existsSync(join(folder, `${name}-${number}.h264`))) number += 1;
  const files = [`${name}-${number}.h264`, `${name}-${number}.times.ndjson`] as const;
  let pictures: Buffer[] = [];
  let times = '';
  let hasAny = false;
  return {
    add({ at, userId, userName, data }: Picture, base: number) {
      hasAny = true;
      pictures.push(data);
      times += `${JSON.stringify({ offset_ms: at - base, bytes: data.length, user_id: userId, user_name: userName })}\n`;
    },
    flush() {
      if (pictures.length === 0) return;
      appendFileSync(join(folder, files[0]), Buffer.concat(pictures), { mode: 0o600 });
      appendFileSync(join(folder, files[1]), times, { mode: 0o600 });
      pictures = [];
      times = '';
    },
    names: (): readonly string[] => (hasAny ? files : []),
  };
};
