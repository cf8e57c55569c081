import { DURATION_FORM, parseDuration } from '../time/duration.ts';

/** Thrown by a parser: what was expected instead. The reader adds the name and, unless it is secret, the value. */
export class Complaint extends Error {
  override readonly name = 'Complaint';
}

type Common = {
  /** As commander spells it: `-n, --limit <count>`. */
  readonly spelling: string;
  /** One sentence for `--help` and `docs/commands.md`. */
  readonly help: string;
  /** The environment variable that gives the value where the flag does not. */
  readonly env?: string;
  /** Never shown in a message. */
  readonly secret?: boolean;
  /** An empty value is malformed, where it would otherwise count as not given. */
  readonly refusesEmpty?: boolean;
  /** Accepted but not listed in help. */
  readonly hidden?: boolean;
  /** Where what happens without the flag is not one value: how help describes it. */
  readonly shownDefault?: string;
};

/** A flag with one value: the last one typed wins. */
export type ValueFlag<T> = Common & {
  readonly kind: 'value';
  readonly parse: (text: string) => T;
  /** What holds where the flag is not given, as it would be typed. Help and the README show it, `readFlags` parses it. */
  readonly default?: string;
};
type WithDefault = { readonly default: string };
/** A flag that may be given several times, and whose values may be separated by commas if `commas`. */
export type ListFlag<T> = Common & {
  readonly kind: 'list';
  readonly commas: boolean;
  readonly parse: (text: string) => T;
};
/** A flag that is there or not. */
export type Toggle = Common & { readonly kind: 'toggle' };
export type Flag = ValueFlag<unknown> | ListFlag<unknown> | Toggle;
export type Flags = Readonly<Record<string, Flag>>;

/** The values of a set of flags, after parsing. */
export type Values<F extends Flags> = {
  readonly [Name in keyof F]: F[Name] extends Toggle
    ? boolean
    : F[Name] extends ListFlag<infer T>
      ? readonly T[]
      : F[Name] extends ValueFlag<infer T>
        ? F[Name] extends WithDefault
          ? T
          : T | undefined
        : never;
};

type Described<T> = Omit<ValueFlag<T>, 'kind'>;
type MakeValueFlag = {
  <T>(flag: Described<T> & WithDefault): ValueFlag<T> & WithDefault;
  <T>(flag: Described<T>): ValueFlag<T>;
};
export const valueFlag: MakeValueFlag = <T>(flag: Described<T>) =>
  ({ kind: 'value', ...flag }) as ValueFlag<T> & WithDefault;
export const listFlag = <T>(flag: Omit<ListFlag<T>, 'kind'>): ListFlag<T> => ({ kind: 'list', ...flag });
export const toggle = (flag: Omit<Toggle, 'kind'>): Toggle => ({ kind: 'toggle', ...flag });

/** What help and the README say of the default. */
export const defaultText = (flag: Flag): string | undefined =>
  (flag.kind === 'value' ? flag.default : undefined) ?? flag.shownDefault;

/** `-o, --output <x>` → `--output`. */
export const longName = (flag: Flag): string => /--[a-z-]+/.exec(flag.spelling)?.[0] ?? flag.spelling;

// Parsers that several flags share. Each throws a Complaint that says what was expected.

export const text = (value: string): string => value;

export const duration = (value: string): number => {
  const ms = parseDuration(value);
  if (ms === undefined) throw new Complaint(`expected ${DURATION_FORM}`);
  return ms;
};

/** A duration that must not be nothing: a heartbeat every 0s would be a flood. */
export const positiveDuration = (value: string): number => {
  const ms = duration(value);
  if (ms <= 0) throw new Complaint(`expected ${DURATION_FORM}, longer than nothing`);
  return ms;
};

/** A whole number, at least `least`. */
export const count =
  (least: number) =>
  (value: string): number => {
    const number = Number(value);
    if (!/^\d+$/.test(value) || !Number.isSafeInteger(number) || number < least) {
      throw new Complaint(`expected a whole number, ${least} or more`);
    }
    return number;
  };

/** One of the listed words. */
export const choice =
  <const T extends string>(...allowed: readonly T[]) =>
  (value: string): T => {
    const found = allowed.find((word) => word === value);
    if (found === undefined) throw new Complaint(`expected ${allowed.join(', ').replace(/, ([^,]*)$/, ' or $1')}`);
    return found;
  };
