import type { EventType } from '../../catalogue/index.ts';
import type { Palette } from '../../terminal/palette.ts';
import { OWN_BEHAVIOUR, OWN_PRODUCT, ownType } from './own-types.ts';

/** The types under their products, with how many fields each has; for a terminal. */
export const listForPerson = (types: readonly EventType[], palette: Palette): string => {
  if (types.length === 0) return '';
  const width = Math.max(...types.map(({ name }) => name.length));
  const products = [...new Set(types.map(({ product }) => product))];
  const lines = products.flatMap((product) => [
    palette.strong(product),
    ...(product === OWN_PRODUCT ? OWN_BEHAVIOUR.split('\n').map((line) => `  ${palette.faint(line)}`) : []),
    ...types.filter((type) => type.product === product).map((type) => row(type, width, palette)),
    '',
  ]);
  const summary = `${counted(types.length, 'type')}; "zoom-ws events NAME" describes one`;
  return `${[...lines, palette.faint(summary)].join('\n')}\n`;
};

const row = ({ name, fields }: EventType, width: number, palette: Palette): string => {
  const says = ownType(name)?.means ?? counted(Object.keys(fields).length, 'field');
  return `  ${palette.ofType(name)(name)}${' '.repeat(width - name.length)}  ${palette.faint(says)}`;
};

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
