import type { Command } from './command.ts';

export const command: Command = {
  flags: [],
  words: '[pattern]',
  examples: [['zoom-ws events meeting', 'the meeting events']],
  run: async () => 0,
};
