import { Complaint } from '../../config/flag.ts';

/** `10`, `10x`, `0.5`, `max` → how many times faster than recorded; `max` is infinite. */
export const parseSpeed = (value: string): number => {
  if (value === 'max') return Number.POSITIVE_INFINITY;
  const factor = Number(value.replace(/x$/, ''));
  if (!/^[\d.]+x?$/.test(value) || !(factor > 0)) throw new Complaint('expected max, or a number such as 1, 10 or 0.5');
  return factor;
};
