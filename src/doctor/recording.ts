import type { Readable } from 'node:stream';
import { type Input, openInputs, readRecordings } from '../recording/index.ts';
import { createSemantics, type Figures } from './semantics.ts';

/** What a recording says; `damaged`: lines that could not be read. */
export type RecordingFacts = { readonly name: string; readonly figures: Figures; readonly damaged: number };

/** Opens the recording before anything else happens. Throws `input` if it is missing or cannot be read. */
export const openRecordingFile = async (
  name: string,
  place: { readonly cwd: string; readonly stdin: () => Readable },
): Promise<Input> => {
  const [input] = await openInputs([name], place);
  if (!input) throw new TypeError('one name gives one input');
  return input;
};

/** Reads it to the end, in constant memory; rejects when `signal` aborts. */
export const readRecordingFacts = async (input: Input, signal: AbortSignal): Promise<RecordingFacts> => {
  const semantics = createSemantics();
  const counts = { events: 0, damaged: 0 };
  for await (const batch of readRecordings([input], { counts, onDamage: () => {} })) {
    signal.throwIfAborted();
    for (const arrival of batch) semantics.add(arrival);
  }
  return { name: input.name, figures: semantics.figures(), damaged: counts.damaged };
};
