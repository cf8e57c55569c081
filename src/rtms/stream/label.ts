import type { StreamStart } from '../wire/start-event.ts';

/** Names a stream in messages: short, and what a person knows it by. */
export const labelOf = ({ product, number, streamId }: StreamStart): string =>
  `${product.replace('_', ' ')} ${number ?? ''}${number === undefined ? '' : ' '}(stream ${streamId.slice(0, 8)})`;
