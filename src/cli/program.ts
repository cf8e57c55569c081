import { Command as Commander, CommanderError, Option } from 'commander';
import { defaultText, type Flag, type Flags } from '../config/flag.ts';
import type { Typed } from '../config/read-flags.ts';
import { ZoomWsError } from '../errors.ts';
import type { Command } from './command.ts';
import { COMMANDS } from './commands.ts';
import { GENERAL_FLAGS } from './general-flags.ts';
import { examplesText, HELP_LAYOUT, wrapped } from './help-layout.ts';
import { shortHelp, shortProgramHelp } from './short-help.ts';
import { isCommand, unknownCommand } from './unknown-command.ts';

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
const VERSION = '-V, --version';

const INTRO = `Tail Zoom's events: meetings, webinars, recordings, users, phone, chat …`;

const EXAMPLES: readonly (readonly [string, string])[] = [
  ['zoom-ws tail --demo', 'watch made-up events; no account needed'],
  ['zoom-ws tail --event meeting', 'watch your meetings'],
  ["zoom-ws tail | jq --unbuffered -r '.payload.object.topic'", 'read NDJSON in a script'],
  ['zoom-ws COMMAND --help', 'flags and examples of a command; -h: the short version'],
];

/**
 * Reads the command line. Loads the code of the one command that was named, no other.
 * Throws `usage` for what cannot be understood, with the nearest spelling where there is one.
 */
export const parseCommandLine = async (argv: readonly string[], version: string): Promise<Parsed> => {
  const printed: string[] = [];
  const complained: string[] = [];
  let run: Parsed | undefined;
  let short = '';

  const program = new Commander('zoom-ws');
  const settle = (commander: Commander, short: () => string) =>
    commander
      .exitOverride()
      .addOption(new Option('-h', 'print the short help').helpGroup(GENERAL))
      .on('option:h', () => {
        printed.push(short());
        throw new CommanderError(0, 'zoom-ws.shortHelp', 'the short help was printed');
      })
      .showSuggestionAfterError()
      .configureHelp(HELP_LAYOUT)
      .configureOutput({ writeOut: (text) => printed.push(text), writeErr: (text) => complained.push(text) });

  settle(program, shortProgramHelp)
    .description(INTRO)
    .version(version, VERSION, 'print the version')
    .helpOption('--help', 'print this help')
    // What follows the command's name is read by the command alone, so that short flags can be written together.
    .enablePositionalOptions()
    .allowExcessArguments()
    .addHelpText('after', () => examplesText(EXAMPLES));
  addFlags(program, GENERAL_FLAGS);

  for (const entry of COMMANDS) {
    settle(program.command(entry.name), () => short)
      .summary(entry.summary)
      .description(capitalized(entry.summary))
      .addHelpOption(new Option('--help', 'print this help').helpGroup(GENERAL));
  }
  program.hook('preSubcommand', async (_program, commander) => {
    const entry = COMMANDS.find(({ name }) => name === commander.name());
    if (!entry) return;
    const { command } = await entry.load();
    short = shortHelp(entry.name, capitalized(entry.summary), command);
    fill(commander, command, version, (words) => {
      run = { kind: 'run', command, typed: together(program.opts(), commander.opts()), words };
    });
  });
  program.action(async (_options, commander: Commander) => {
    const [word] = commander.args;
    if (word === undefined) return commander.outputHelp();
    throw await unknownCommand(word);
  });

  const named = commandNamed(argv);
  if (named !== undefined && !isCommand(named)) throw await unknownCommand(named);
  try {
    await program.parseAsync(helpLast(argv), { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode !== 0) throw usageError(complained.join('') || error.message);
  }
  return run ?? { kind: 'print', text: printed.join('') };
};

const HELP: readonly string[] = ['help', '-h', '--help'];

/** `help tail` means `tail --help`, and `-h tail` means `tail -h`. */
const helpLast = (argv: readonly string[]): string[] => {
  const [first = '', ...rest] = argv;
  return HELP.includes(first) ? [...rest, first === '-h' ? first : '--help'] : [...argv];
};

/** The command that the line begins with, after a word for help; commander would answer `nope --help` with the help of all. */
const commandNamed = ([first = '', second = '']: readonly string[]): string | undefined => {
  const word = HELP.includes(first) ? second : first;
  return word === '' || word === 'help' || word.startsWith('-') ? undefined : word;
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
  commander.optionsGroup(GENERAL).version(version, VERSION, 'print the version');
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
