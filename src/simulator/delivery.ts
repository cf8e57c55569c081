import type { Clock } from '../time/clock.ts';
import { type Client, write } from './client.ts';
import { EVENT_DELAY_MS } from './faults.ts';
import { later } from './later.ts';

/** How long a held-back event waits to be overtaken. */
const HELD_AT_MOST_MS = 1_000;

/** One broken frame after this many events. */
const BROKEN_EVERY = 5;

/** Frames that no client should choke on: cut off, not JSON, nothing inside, an unknown module. */
const BROKEN: readonly string[] = [
  '{"module":"message","content":"{\\"event\\":\\"meeting.started\\",\\"payload\\":{\\"obj',
  '{"module":"message","content":"not an event","header":{}}',
  'upstream connect error or disconnect/reset before headers',
  '{"module":"message","header":{}}',
  '{"module":"weather","success":true,"content":"sunny","header":{}}',
];

/** Puts event frames on a connection, with whatever is wrong with it. */
export type Deliver = (client: Client, frames: readonly string[]) => void;

export const createDeliver = (clock: Clock): Deliver => {
  const held = new WeakMap<Client, string>();
  const broken = new WeakMap<Client, number>();

  const release = (client: Client): readonly string[] => {
    const frame = held.get(client);
    held.delete(client);
    return frame === undefined ? [] : [frame];
  };
  const swapped = (client: Client, frames: readonly string[]): readonly string[] => {
    const out: string[] = [];
    for (const frame of frames) {
      const before = held.get(client);
      if (before === undefined) held.set(client, frame);
      else out.push(frame, ...release(client));
    }
    // Nothing is lost: an event that none overtakes comes on its own.
    const waiting = held.get(client);
    if (waiting !== undefined) {
      later(clock, HELD_AT_MOST_MS, client.gone.signal, () => {
        if (held.get(client) === waiting) write(client, release(client));
      });
    }
    return out;
  };
  const interspersed = (client: Client, frames: readonly string[]): readonly string[] =>
    frames.flatMap((frame) => {
      const seen = broken.get(client) ?? 0;
      broken.set(client, seen + 1);
      return seen % BROKEN_EVERY === BROKEN_EVERY - 1
        ? [frame, brokenFrame(Math.floor(seen / BROKEN_EVERY) + 1)]
        : [frame];
    });

  return (client, frames) => {
    client.sent += frames.length;
    const { afflictions } = client;
    if (afflictions.size === 0 && !held.has(client)) return write(client, frames);
    let out = frames;
    if (!afflictions.has('reorder')) out = [...release(client), ...out];
    if (afflictions.has('duplicate')) out = out.flatMap((frame) => [frame, frame]);
    if (afflictions.has('reorder')) out = swapped(client, out);
    if (afflictions.has('malformed')) out = interspersed(client, out);
    if (!afflictions.has('delay')) return write(client, out);
    const size = out.reduce((sum, frame) => sum + frame.length, 0);
    client.heldBack += size;
    later(clock, EVENT_DELAY_MS, client.gone.signal, () => {
      client.heldBack -= size;
      write(client, out);
    });
  };
};

/** One of the broken frames, in turn. */
export const brokenFrame = (index: number): string => BROKEN[index % BROKEN.length] ?? '';
