import { type Flag, longName } from '../../config/flag.ts';
import type { CommandEntry } from '../command.ts';
import { GENERAL_FLAGS } from '../general-flags.ts';

/** What may follow a flag, or a command. */
export type Value =
  /** Nothing follows: a flag that is there or not. */
  | { readonly kind: 'none' }
  /** Whatever the user likes. */
  | { readonly kind: 'any' }
  | { readonly kind: 'file' }
  /** One of these; several with commas between them where `isList`. */
  | { readonly kind: 'words'; readonly name: string; readonly words: readonly string[]; readonly isList: boolean };

export type Words = Extract<Value, { kind: 'words' }>;

/** Longer lists stand in a script once. */
const MANY = 8;

/** The lists that stand in a script once, each under its name. */
export const longLists = ({ commands }: ProgramSpec): readonly Words[] => {
  const values = commands.flatMap(({ flags, words }) => [...flags.map(({ value }) => value), words]);
  const long = values.filter((value): value is Words => value.kind === 'words' && isLong(value));
  return [...new Map(long.map((value) => [value.name, value])).values()];
};

export const isLong = ({ words }: Words): boolean => words.length > MANY;

export type FlagSpec = {
  /** `--output`, and `-o` where there is one. */
  readonly long: string;
  readonly short: string | undefined;
  readonly help: string;
  readonly value: Value;
  readonly isRepeatable: boolean;
};

export type CommandSpec = {
  readonly name: string;
  readonly summary: string;
  readonly flags: readonly FlagSpec[];
  readonly words: Value;
};

export type ProgramSpec = { readonly commands: readonly CommandSpec[]; readonly flags: readonly FlagSpec[] };

/** Words that stand for a name: event types, faults, checks. */
export type KnownNames = Readonly<Record<'event' | 'fault' | 'only', readonly string[]>>;

/** All that a shell has to know of the program, from its own lists of commands and flags. */
export const specOf = async (entries: readonly CommandEntry[], known: KnownNames): Promise<ProgramSpec> => {
  const general = [
    ...flagSpecs(GENERAL_FLAGS, known),
    bare('-h, --help', 'print help'),
    bare('-V, --version', 'print the version'),
  ];
  const commands = await Promise.all(
    entries.map(async ({ name, summary, load }): Promise<CommandSpec> => {
      const { command } = await load();
      const own = command.flags.flatMap(({ flags }) => flagSpecs(flags, known));
      return { name, summary, flags: [...own, ...general], words: wordsOf(command.words, known) };
    }),
  );
  return { commands, flags: general };
};

const flagSpecs = (flags: Readonly<Record<string, Flag>>, known: KnownNames): readonly FlagSpec[] =>
  Object.values(flags)
    .filter(({ hidden }) => !hidden)
    .map((flag) => ({
      ...bare(flag.spelling, flag.help),
      value: flag.kind === 'toggle' ? { kind: 'none' } : valueAfter(flag, known),
      isRepeatable: flag.kind === 'list' || longName(flag) === '--verbose',
    }));

const bare = (spelling: string, help: string): FlagSpec => ({
  long: /--[a-z-]+/.exec(spelling)?.[0] ?? spelling,
  short: /^-[A-Za-z]/.exec(spelling)?.[0],
  help: help.split(/[;:]/, 1)[0] ?? help,
  value: { kind: 'none' },
  isRepeatable: false,
});

/** What a placeholder means: `<pretty|ndjson|raw>` its words, `<file>` a file, `<duration>` whatever the user likes. */
const valueAfter = (flag: Flag, known: KnownNames): Value => {
  const placeholder = /<(.*)>/.exec(flag.spelling)?.[1] ?? '';
  const isList = flag.kind === 'list' && flag.commas;
  const name = longName(flag).slice(2);
  if (isKnown(name)) return { kind: 'words', name, words: known[name], isList: flag.kind === 'list' };
  const words = placeholder.split(/[|,]/).filter((word) => !STAND_INS.has(word));
  if (/^[\w.-]+([|,][\w.-]+)+$/.test(placeholder)) {
    return { kind: 'words', name, words, isList: isList || placeholder.includes(',') };
  }
  return FILE.test(placeholder) ? { kind: 'file' } : { kind: 'any' };
};

const isKnown = (name: string): name is keyof KnownNames => name === 'event' || name === 'fault' || name === 'only';

/** Of `<n|unlimited>` only the second is typed as it stands. */
const STAND_INS: ReadonlySet<string> = new Set(['n', 'factor', 'count', 'number', 'name']);

const FILE = /\b(file|path|pem|dir|recording)\b/;

/** `[file...]` are files, `[event]` and `[pattern]` event types, `<bash|zsh>` its words. */
const wordsOf = (words: string, known: KnownNames): Value => {
  if (/\b(event|pattern)\b/.test(words)) return { kind: 'words', name: 'event', words: known.event, isList: false };
  const choices = /^[[<]([\w|-]+\|[\w|-]+)[\]>]$/.exec(words)?.[1];
  if (choices !== undefined) return { kind: 'words', name: 'word', words: choices.split('|'), isList: false };
  return FILE.test(words) ? { kind: 'file' } : { kind: 'none' };
};
