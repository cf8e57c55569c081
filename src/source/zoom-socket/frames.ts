import { isUtf8 } from 'node:buffer';
import type { Arrival } from '../../event/arrival.ts';
import { lifecycle } from '../../event/lifecycle.ts';
import { PackedEvent } from '../../event/packed-event.ts';
import type { Notify } from '../../notice/notice.ts';
import type { Clock } from '../../time/clock.ts';
import { type Message, parseMessage } from '../../zoom/message.ts';
import { createUnpacker } from '../../zoom/unpack-event.ts';

/** What the connection itself has to act on. */
export type Signal = Extract<Message, { kind: 'accepted' | 'refused' | 'displaced' | 'heartbeat' }>;

export type FrameParts = {
  readonly subscription: string;
  /** Takes what arrives, in order. */
  readonly emit: (arrival: Arrival) => void;
  /** Whether frames are wanted besides the events (`-o raw`). */
  readonly wantsFrames: boolean;
  /** Whether notices of frames are shown (`-vv`). */
  readonly showsFrames: boolean;
  readonly clock: Pick<Clock, 'now'>;
  readonly notify: Notify;
  readonly mask: (text: string) => string;
};

/** Reads one frame after the other: emits what it brings, says what is odd, and answers with what is for the connection. */
export const createFrameReader = (parts: FrameParts): ((payload: Buffer) => Signal | undefined) => {
  const { clock, notify, mask, subscription, wantsFrames, emit } = parts;
  // Where frames are looked at, every frame is made text.
  const unpack = wantsFrames || parts.showsFrames ? undefined : createUnpacker();

  const take = (message: Message, text: string): Signal | undefined => {
    const receivedAt = clock.now();
    if (message.kind === 'event') {
      // In the event's own text nothing is touched; what stands around it is no part of it.
      const frame = wantsFrames ? { frame: mask(text) } : undefined;
      emit({ kind: 'event', raw: message.raw, type: message.type, receivedAt, subscription, ...frame });
      return undefined;
    }
    if (wantsFrames) emit({ kind: 'control', frame: mask(text), receivedAt });
    switch (message.kind) {
      case 'malformed':
        notify({ kind: 'malformed', why: message.why, subscription });
        emit(lifecycle('malformed', receivedAt, { why: message.why, frame: mask(text), subscription }));
        return undefined;
      case 'unknown':
        notify({ kind: 'unknown-module', module: message.module });
        return undefined;
      default:
        return message;
    }
  };

  return (payload) => {
    const event = unpack?.(payload);
    if (event) {
      emit(new PackedEvent(event.text, event.type, clock.now(), subscription));
      return undefined;
    }
    const text = payload.toString();
    const message = parseMessage(text);
    notify({ kind: 'frame', direction: 'in', text });
    if (text.includes('\uFFFD') && !isUtf8(payload)) {
      notify({ kind: 'invalid-utf8', type: message.kind === 'event' ? message.type : '' });
    }
    return take(message, text);
  };
};
