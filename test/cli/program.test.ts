import { describe, expect, test } from 'vitest';
import { COMMANDS } from '../../src/cli/commands.ts';
import { parseCommandLine } from '../../src/cli/program.ts';
import { widthOf } from '../../src/terminal/width.ts';

const printed = async (...argv: string[]): Promise<string> => {
  const parsed = await parseCommandLine(argv, '1.2.3');
  return parsed.kind === 'print' ? parsed.text : '';
};

const NAMES = COMMANDS.map(({ name }) => name);
const optionsIn = (help: string): number => help.match(/^ {2}-/gm)?.length ?? 0;

test.each([[], ...NAMES.map((name) => [name])].map((words) => ({ words })))(
  '-h of $words fits 24 lines of 80 columns, --help has everything and fits 80 columns',
  async ({ words }) => {
    const [short, long] = [await printed(...words, '-h'), await printed(...words, '--help')];
    expect(short.split('\n').length).toBeLessThanOrEqual(24);
    for (const line of [...short.split('\n'), ...long.split('\n')]) expect(widthOf(line), line).toBeLessThanOrEqual(80);
    expect(short).toMatch(/^Usage: zoom-ws /);
    expect(short).toMatch(/--help (has|shows) /);
    expect(optionsIn(short)).toBeLessThanOrEqual(10);
    expect(optionsIn(long)).toBeGreaterThan(optionsIn(short));
    expect(long).toContain('Examples:');
  },
);

describe('the short help', () => {
  test.each([
    [['-h', 'tail']],
    [['tail', '-qh']],
    [['tail', '-h', '--event', 'x']],
    [['--color', 'never', 'tail', '-h']],
  ])('is printed wherever -h stands: %j', async (argv) => {
    expect(await printed(...argv)).toBe(await printed('tail', '-h'));
  });

  test('of the program names every command', async () => {
    const text = await printed('-h');
    for (const name of NAMES) expect(text).toMatch(new RegExp(`^  ${name} `, 'm'));
  });

  test.each(COMMANDS)('of $name shows only flags that there are', async ({ load }) => {
    const { command } = await load();
    const keys = command.flags.flatMap(({ flags }) => Object.keys(flags));
    expect(keys).toEqual(expect.arrayContaining([...(command.common ?? [])]));
    expect((command.common ?? []).length).toBeLessThanOrEqual(10);
  });
});

test.each([[['help', 'tail']], [['--help', 'tail']], [['tail', '--help']]])('%j prints the long help', async (argv) => {
  expect(await printed(...argv)).toContain('--on-displaced');
});
