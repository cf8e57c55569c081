/** Chance, in the shapes that Zoom's identifiers have. */
export type Draw = {
  /** A whole number, both ends included. */
  int(least: number, most: number): number;
  pick<T>(from: readonly [T, ...T[]]): T;
  /** Decimal digits, the first never 0. */
  digits(count: number): string;
  hex(count: number): string;
  /** 22 characters, as in the ids of users and accounts. */
  id(): string;
  /** 16 bytes in base64, as in the uuids of meetings: 24 characters that end in `==`. */
  uuid(): string;
  /** In capitals, as in the ids of messages and participants. */
  guid(): string;
};

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const URL_SAFE = `${BASE64.slice(0, 62)}_-`;

/** Draws from a source of numbers from 0 (included) to 1 (excluded). */
export const createDraw = (random: () => number): Draw => {
  const int = (least: number, most: number) => least + Math.floor(random() * (most - least + 1));
  const from = (letters: string, count: number) => {
    let drawn = '';
    for (let place = 0; place < count; place++) drawn += letters[int(0, letters.length - 1)];
    return drawn;
  };
  const hex = (count: number) => from('0123456789abcdef', count);
  return {
    int,
    pick: (list) => list[int(0, list.length - 1)] ?? list[0],
    digits: (count) => `${int(1, 9)}${from('0123456789', count - 1)}`,
    hex,
    id: () => from(URL_SAFE, 22),
    // 16 bytes leave 2 bits for the last letter: A, Q, g or w.
    uuid: () => `${from(BASE64, 21)}${from('AQgw', 1)}==`,
    guid: () => [8, 4, 4, 4, 12].map(hex).join('-').toUpperCase(),
  };
};
