/** `12 345`: a grouping that no reader takes for a fraction. */
export const numberText = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/g, ' ');

/** `1 person`, `12 345 people`. */
export const countText = (count: number, one: string, many: string): string =>
  `${numberText(count)} ${count === 1 ? one : many}`;
