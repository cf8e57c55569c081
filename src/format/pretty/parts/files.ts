import { at, firstText, listAt, numberAt } from '../facts.ts';
import type { Part } from '../say.ts';
import { plain, strong } from '../span.ts';
import { counted, formatSize } from './amounts.ts';

const TYPES = ['file_type', 'recording_type', 'file_extension', 'OS_file_type', 'type'];
const LISTED = 4;

/** The files of a recording: `2 files (MP4, M4A), 93 MB`. */
export const files =
  (path: string): Part =>
  ({ object }) => {
    const found = listAt(object, path);
    const types = [...new Set(found.map((file) => firstText(file, TYPES)).filter((type) => type !== undefined))];
    const total = found.reduce<number>(
      (sum, file) => sum + (numberAt(file, 'file_size') ?? numberAt(file, 'size') ?? 0),
      0,
    );
    const amount = counted(found.length, 'file');
    if (amount === undefined) return undefined;
    const shown = types.length > LISTED ? [...types.slice(0, LISTED), '…'] : types;
    return `${amount}${shown.length > 0 ? ` (${shown.join(', ')})` : ''}${total > 0 ? `, ${formatSize(total)}` : ''}`;
  };

/** One file by name and size: `agenda.pdf (93 kB)`. */
export const file =
  (path: string): Part =>
  ({ object }) => {
    const found = at(object, path);
    const name = firstText(found, ['file_name', 'name', 'file_id', 'id']) ?? 'a file';
    const size = numberAt(found, 'file_size') ?? numberAt(found, 'size') ?? 0;
    return size > 0 ? [strong(name), plain(` (${formatSize(size)})`)] : strong(name);
  };

/** The first file of a list by name, and how many more there are. */
export const firstFile =
  (path: string): Part =>
  (facts) => {
    const found = listAt(facts.object, path);
    if (found.length === 0) return undefined;
    const first = file('first')({ ...facts, object: { first: found[0] } });
    const spans = first === undefined || typeof first === 'string' ? [] : [first].flat();
    return found.length > 1 ? [...spans, plain(` and ${found.length - 1} more`)] : spans;
  };
