import { ZoomWsError } from '../../errors.ts';

/** The variables that make up a settings file, in its order. */
export type Variables = Readonly<Record<string, string | undefined>>;

const HEAD = `# Settings of zoom-ws, written by "zoom-ws init". Flags and the environment win over this file.
`;

/**
 * The text of a settings file that holds these values by dotenv's rules. Throws `settings` for a value that no quotes of
 * dotenv's can hold.
 */
export const settingsText = async (variables: Variables): Promise<string> => {
  const set = Object.entries(variables).flatMap(([name, value]) => (value ? [[name, value] as const] : []));
  const text = `${HEAD}${set.map(([name, value]) => `${name}=${quoted(value)}\n`).join('')}`;
  const { parse } = await import('dotenv');
  const read = parse(text);
  const [lost] = set.find(([name, value]) => read[name] !== value) ?? [];
  if (lost !== undefined) {
    throw new ZoomWsError('settings', `The value of ${lost} cannot be written to a settings file.`, {
      hint: 'It holds every kind of quote. Give it in the environment instead.',
    });
  }
  return text;
};

/** Only double quotes know escapes. */
const quoted = (value: string): string => {
  if (/^[\w.:/?=&%+~@,-]+$/.test(value)) return value;
  const quote = ["'", '`', '"'].find((sign) => !value.includes(sign)) ?? '"';
  return `${quote}${value}${quote}`;
};
