import { Command as Commander, CommanderError, Option } from 'commander';
import { defaultText, type Flag, type Flags } from '../config/flag.ts';
import type { Typed } from '../config/read-flags.ts';
import { ZoomWsError } from '../errors.ts';
import type { Command } from './command.ts';
import { COMMANDS } from './commands.ts';
import { GENERAL_FLAGS } from './general-flags.ts';
import { examplesText, HELP_LAYOUT, wrapped } from './help-layout.ts';

/** What the command line asks for: a command with its words, or text to print (help, the version). */
export type Parsed =
  | {
      readonly kind: 'run';
      readonly command: Command;
      readonly typed: Typed;
      readonly words: readonly string[];
    }
  | { readonly kind: 'print'; readonly text: string };

const GENERAL = 'General:';

const INTRO = `Tail Zoom's events: meetings, webinars, recordings, users, phone, chat …`;

const EXAMPLES: readonly (readonly [string, string])[] = [
  ['zoom-ws tail --demo', 'watch made-up events; no account needed'],
  ['zoom-ws tail --event meeting', 'watch your meetings'],
  ["zoom-ws tail | jq -r '.payload.object.topic'", 'read NDJSON in a script'],
  ['zoom-ws COMMAND --help', 'flags and examples of a command'],
];

/** A word that differs from a command by more letters is no slip of it. */
const SLIPS = 3;

/**
 * Reads the command line. Loads the code of the one command that was named, no other.
 * Throws `usage` for what cannot be understood, with the nearest spelling where there is one.
 */
export const parseCommandLine = async (argv: readonly string[], version: string): Promise<Parsed> => {
  const printed: string[] = [];
  const complained: string[] = [];
  let run: Parsed | undefined;

  const program = new Commander('zoom-ws');
  const settle = (commander: Commander) =>
    commander
      .exitOverride()
      .showSuggestionAfterError()
      .configureHelp(HELP_LAYOUT)
      .configureOutput({ writeOut: (text) => printed.push(text), writeErr: (text) => complained.push(text) });

  settle(program)
    .description(INTRO)
    .version(version, '--version', 'print the version')
    .helpOption('-h, --help', 'print help')
    // What follows the command's name is read by the command alone, so that short flags can be written together.
    .enablePositionalOptions()
    .allowExcessArguments()
    .addHelpText('after', () => examplesText(EXAMPLES));
  addFlags(program, GENERAL_FLAGS);

  for (const entry of COMMANDS) {
    settle(program.command(entry.name))
      .summary(entry.summary)
      .description(capitalized(entry.summary))
      .addHelpOption(new Option('-h, --help', 'print help').helpGroup(GENERAL));
  }
  program.hook('preSubcommand', async (_program, commander) => {
    const entry = COMMANDS.find(({ name }) => name === commander.name());
    if (!entry) return;
    const { command } = await entry.load();
    fill(commander, command, version, (words) => {
      run = { kind: 'run', command, typed: together(program.opts(), commander.opts()), words };
    });
  });
  program.action(async (_options, commander: Commander) => {
    const [word] = commander.args;
    if (word === undefined) return commander.outputHelp();
    const { closest, distance } = await import('fastest-levenshtein');
    const near = closest(
      word,
      COMMANDS.map(({ name }) => name),
    );
    const guess = distance(word, near) <= SLIPS ? ` (Did you mean ${near}?)` : '';
    commander.error(`error: unknown command '${word}'${guess}`, { code: 'commander.unknownCommand' });
  });

  try {
    await program.parseAsync(helpLast(argv), { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode !== 0) throw usageError(complained.join('') || error.message);
  }
  return run ?? { kind: 'print', text: printed.join('') };
};

/** `help tail` and `--help tail` mean `tail --help`. */
const helpLast = (argv: readonly string[]): string[] => {
  const [first = '', ...rest] = argv;
  return ['help', '-h', '--help'].includes(first) ? [...rest, '--help'] : [...argv];
};

/** What was typed before the command's name and after it: the later one wins, and each `-v` counts. */
const together = (before: Typed, after: Typed): Typed => ({
  ...before,
  ...after,
  verbose: Number(before.verbose ?? 0) + Number(after.verbose ?? 0),
});

const fill = (
  commander: Commander,
  command: Command,
  version: string,
  found: (words: readonly string[]) => void,
): void => {
  for (const group of command.flags) {
    commander.optionsGroup(group.title);
    addFlags(commander, group.flags);
  }
  commander.optionsGroup(GENERAL).version(version, '--version', 'print the version');
  addFlags(commander, GENERAL_FLAGS);
  if (command.words !== '') commander.arguments(command.words);
  // Words left over are the command's to judge: it knows what the shell may have done (`--event meeting.*` unquoted).
  commander.allowExcessArguments();
  commander.addHelpText(
    'after',
    () => `${command.notes ? `\n${wrapped(command.notes)}\n` : ''}${examplesText(command.examples)}`,
  );
  commander.action(() => found(commander.args));
};

const addFlags = (commander: Commander, flags: Flags): void => {
  for (const [name, flag] of Object.entries(flags)) commander.addOption(optionOf(name, flag));
};

const optionOf = (name: string, flag: Flag): Option => {
  const usual = defaultText(flag);
  const facts = [flag.env && `env: ${flag.env}`, usual && `default: ${usual}`].filter(Boolean);
  const option = new Option(flag.spelling, facts.length === 0 ? flag.help : `${flag.help} (${facts.join(', ')})`);
  option.attributeName = () => name;
  // `--no-dedupe` is a toggle like any other: there or not. Commander would have it stand for a `dedupe` that is on.
  option.negate = false;
  if (flag.hidden) option.hideHelp();
  if (flag.kind === 'list') option.argParser((text: string, before: string[] | undefined) => [...(before ?? []), text]);
  if (name === 'verbose') option.argParser((_text, before: number | undefined) => (before ?? 0) + 1);
  return option;
};

const usageError = (complaint: string): ZoomWsError => {
  // What was given to an option that does not exist may be a secret, with the option's name misspelt.
  const text = complaint
    .trim()
    .replace(/^error: /, '')
    .replace(/(unknown option '[^'=]*)=.*'/s, "$1'");
  return new ZoomWsError('usage', capitalized(text.endsWith(')') || text.endsWith('.') ? text : `${text}.`), {
    hint: 'Run "zoom-ws --help", or "zoom-ws COMMAND --help" for the flags of a command.',
  });
};

const capitalized = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);
