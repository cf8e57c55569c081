import { createReadStream } from 'node:fs';

/** No line of the ledger is nearly as long: what is, is none. */
const LONGEST_LINE = 65_536;

/** The lines of a file, with those that are too long left out; none if there is no file. */
export async function* readLines(path: string): AsyncGenerator<string> {
  let rest = '';
  try {
    for await (const chunk of createReadStream(path, { encoding: 'utf8' }) as AsyncIterable<string>) {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      if (rest.length > LONGEST_LINE) rest = '';
      yield* lines;
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return;
    throw error;
  }
  if (rest !== '') yield rest;
}
