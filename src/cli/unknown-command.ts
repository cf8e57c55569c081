import { ZoomWsError } from '../errors.ts';
import { COMMANDS } from './commands.ts';

/** A word that differs from a command by more letters is no slip of it. */
const SLIPS = 3;

/** Whether a word is the name of a command. */
export const isCommand = (word: string): boolean => COMMANDS.some(({ name }) => name === word);

/** What to say of a word that is no command: the nearest one, and where to see them all. */
export const unknownCommand = async (word: string): Promise<ZoomWsError> => {
  const { closest, distance } = await import('fastest-levenshtein');
  const near = closest(
    word,
    COMMANDS.map(({ name }) => name),
  );
  const guess = distance(word, near) <= SLIPS ? `Did you mean ${near}?` : `The nearest is ${near}.`;
  return new ZoomWsError('usage', `Unknown command '${word}' (${guess})`, {
    hint: 'Run "zoom-ws -h" for the commands.',
  });
};
