import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Notify } from '../../notice/notice.ts';
import type { Item } from './destination.ts';

/** Where events are kept that the destination cannot take because of their content. */
export type RefusedFile = { add(item: Item, why: string): Promise<void> };

/** `refused.ndjson` in the folder of the spool. Each is reported with its id, the reason and its size. */
export const createRefusedFile = (folder: string, shown: string, notify: Notify): RefusedFile => {
  const path = join(folder, 'refused.ndjson');
  return {
    async add({ id, text }, why) {
      await appendFile(path, `${text}\n`, { mode: 0o600 });
      const size = Buffer.byteLength(text);
      notify({ kind: 'warning', text: `${shown} does not take event ${id} (${size} bytes): ${why}; kept in ${path}` });
    },
  };
};
