export { createReceiver, type Receiver } from './receiver.ts';
export type { StreamEvent } from './stream/event-text.ts';
export { labelOf } from './stream/label.ts';
export type { StreamEnd, Wishes } from './stream/parts.ts';
export type { OpenTakers, Taker } from './stream/taker.ts';

export type { MediaFormats, Rate } from './wire/media-params.ts';
export type { SigningKey } from './wire/signature.ts';
export { isStreamNews, readJoin, readStreamNews, type StreamNews, type StreamStart } from './wire/start-event.ts';
