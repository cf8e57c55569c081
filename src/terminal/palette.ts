/** What a piece of a line is, for the eye. */
export type Tone = 'plain' | 'faint' | 'strong' | 'type' | 'alarm';

export type Palette = Readonly<Record<Tone, (text: string) => string>>;

const same = (text: string): string => text;

/** No colour at all. */
const PLAIN: Palette = { plain: same, faint: same, strong: same, type: same, alarm: same };

/**
 * Colour functions. Of the sixteen colours only such as can be read on a dark and on a light background: magenta and
 * red, and the terminal's own colour made bold or faint.
 */
export const createPalette = async (color: boolean): Promise<Palette> => {
  if (!color) return PLAIN;
  const { Chalk } = await import('chalk');
  const chalk = new Chalk({ level: 1 });
  return { plain: same, faint: chalk.dim, strong: chalk.bold, type: chalk.magenta, alarm: chalk.red };
};
