import type { Clock } from '../../time/clock.ts';
import type { Media } from '../wire/codes.ts';
import { MESSAGE } from '../wire/codes.ts';
import { instantOf } from '../wire/instant.ts';
import { fieldsOf, type Message } from '../wire/message.ts';
import type { Gap } from './parts.ts';

/** Data that was held back for us comes within this time after the connection is back. */
const FIRST_DATA_MS = 1_000;

/** Watches one media socket for the time in which nothing could come. */
export type GapWatch = {
  onData(message: Message): void;
  onConnected(): void;
  /** `lastHeard`: the wall clock when the last message came. */
  onLost(lastHeard: number, reason: string): void;
  /** The connection will not come back: a gap that is open ends now. */
  onEnd(): void;
};

const MEDIA_OF: Readonly<Record<number, Media>> = {
  [MESSAGE.audio]: 'audio',
  [MESSAGE.video]: 'video',
  [MESSAGE.share]: 'share',
  [MESSAGE.transcript]: 'transcript',
  [MESSAGE.chat]: 'chat',
};

type Track = { lastEnd: number; lead: number };
type Open = { readonly from: number; readonly reason: string };

/**
 * A gap lies between the last data before a loss and the first data after it, in Zoom's own times; where nothing was
 * being sent, between the last message and the new connection. Audio that Zoom held back closes it.
 */
export const createGapWatch = (
  media: readonly Media[],
  packetMs: number,
  clock: Clock,
  onGap: (gap: Gap) => void,
): GapWatch => {
  const tracks = new Map<Media, Track>();
  const open = new Map<Media, Open>();
  const over = new AbortController();

  const close = (kind: Media, to: number): void => {
    const gap = open.get(kind);
    open.delete(kind);
    if (gap && to > gap.from + packetMs / 2) onGap({ media: kind, from: gap.from, to, reason: gap.reason });
  };
  const shifted = (kind: Media, wall: number): number => Math.round(wall + (tracks.get(kind)?.lead ?? 0));

  return {
    onData({ type, fields }) {
      const kind = MEDIA_OF[type];
      const at = instantOf(fieldsOf(fields.content).timestamp);
      if (kind === undefined || at === undefined) return;
      const isFlowing = kind !== 'transcript' && kind !== 'chat';
      if (isFlowing && open.has(kind)) close(kind, at);
      const length = kind === 'audio' ? packetMs : 0;
      const before = tracks.get(kind);
      const lead = at + length - clock.now();
      tracks.set(kind, { lastEnd: Math.max(before?.lastEnd ?? 0, at + length), lead });
    },
    onConnected() {
      const waiting = [...open.keys()];
      const now = clock.now();
      for (const kind of waiting.filter((one) => one === 'transcript' || one === 'chat')) close(kind, now);
      if (open.size === 0) return;
      const mine = new Map(open);
      clock.sleep(FIRST_DATA_MS, over.signal).then(
        () => {
          for (const [kind, gap] of mine) if (open.get(kind) === gap) close(kind, shifted(kind, now));
        },
        () => {},
      );
    },
    onLost(lastHeard, reason) {
      for (const kind of media) {
        if (open.has(kind)) continue;
        const heard = shifted(kind, lastHeard);
        const { lastEnd } = tracks.get(kind) ?? { lastEnd: 0 };
        const wasFlowing = kind !== 'transcript' && kind !== 'chat' && heard - lastEnd <= FIRST_DATA_MS + packetMs;
        open.set(kind, { from: wasFlowing ? lastEnd : heard, reason });
      }
    },
    onEnd() {
      over.abort();
      for (const kind of [...open.keys()]) close(kind, shifted(kind, clock.now()));
    },
  };
};
