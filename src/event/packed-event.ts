import type { PackedText } from '../json/packed-text.ts';
import type { EpochMs } from '../time/clock.ts';
import type { Receipt } from './arrival.ts';

/** An event's text: as a string, which may be made on demand, and as bytes where it came as bytes. */
export type EventText = { readonly raw: string; readonly packed?: PackedText };

/** The text in the form that it has already, for what takes either. */
export const bytesOrText = (event: EventText): Buffer | string => {
  const { packed } = event;
  return packed === undefined ? event.raw : packed.arena.subarray(packed.start, packed.end);
};

/**
 * An event that is still bytes. Its text as a string is made when something reads it, which most runs never do; hence a
 * class, because an accessor on the prototype costs nothing per event. A copy by spreading leaves `packed` and `raw` behind,
 * so that what is changed afterwards (`--redact`) cannot be written in its first form.
 */
export class PackedEvent {
  readonly kind = 'event';
  readonly type: string;
  readonly receivedAt: EpochMs | undefined;
  readonly subscription: string;
  /** The text of the `_meta` object that a recording holds for it. */
  readonly meta?: string;
  /** Set by the webhook, before anybody else sees the event. */
  declare requestId?: string;
  declare receipt?: Receipt;
  readonly #packed: PackedText;
  #raw: string | undefined;

  constructor(
    packed: PackedText,
    type: string,
    receivedAt: EpochMs | undefined,
    subscription: string,
    meta?: string | undefined,
  ) {
    this.#packed = packed;
    this.type = type;
    this.receivedAt = receivedAt;
    this.subscription = subscription;
    if (meta !== undefined) this.meta = meta;
  }

  get packed(): PackedText {
    return this.#packed;
  }

  get raw(): string {
    this.#raw ??= this.#packed.arena.toString('utf8', this.#packed.start, this.#packed.end);
    return this.#raw;
  }
}
