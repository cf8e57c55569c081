import type { EventType } from '../../catalogue/index.ts';
import type { Palette } from '../../terminal/palette.ts';

/** The types under their products, with how many fields each has; for a terminal. */
export const listForPerson = (types: readonly EventType[], palette: Palette): string => {
  if (types.length === 0) return '';
  const width = Math.max(...types.map(({ name }) => name.length));
  const products = [...new Set(types.map(({ product }) => product))];
  const lines = products.flatMap((product) => [
    palette.strong(product),
    ...types.filter((type) => type.product === product).map((type) => row(type, width, palette)),
    '',
  ]);
  const summary = `${counted(types.length, 'type')}; "zoom-ws events NAME" describes one`;
  return `${[...lines, palette.faint(summary)].join('\n')}\n`;
};

const row = ({ name, fields }: EventType, width: number, palette: Palette): string =>
  `  ${palette.ofType(name)(name)}${' '.repeat(width - name.length)}  ${palette.faint(counted(Object.keys(fields).length, 'field'))}`;

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
