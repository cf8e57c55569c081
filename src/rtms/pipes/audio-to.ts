import type { Writable } from 'node:stream';
import type { Notify } from '../../notice/notice.ts';
import type { Clock } from '../../time/clock.ts';
import { createLivePcm, type LivePcm } from '../audio/live-pcm.ts';
import { createPcmTracks } from '../audio/pcm-tracks.ts';
import type { Taker } from '../stream/taker.ts';
import type { MediaFormats } from '../wire/media-params.ts';
import { createBounded } from './bounded.ts';

export type AudioTo = {
  /** The taker of one stream. */
  take(label: string): Taker;
};

export type AudioToParts = {
  readonly out: Writable;
  /** A user's id or name, or `mixed`. */
  readonly track: string;
  readonly formats: MediaFormats;
  readonly clock: Clock;
  readonly notify: Notify;
  /** Deletes what was written, where that is a file. */
  readonly onRevoked: () => void;
};

/** Writes one track of one stream at a time: the first that brings it, then the next one. */
export const createAudioTo = ({ out, track, formats, clock, notify, onRevoked }: AudioToParts): AudioTo => {
  let holder: object | undefined;
  return {
    take(label) {
      const me = {};
      const pcmOf = createPcmTracks();
      let format = formats.audio;
      let live: LivePcm | undefined;
      let saidBusy = false;
      const missed = (ms: number) =>
        notify({ kind: 'warning', text: `--audio-to: the reader is slow: ${ms} ms of audio were left out` });
      const leave = (): void => {
        live?.end();
        live = undefined;
        if (holder === me) holder = undefined;
      };
      const isWanted = (id: string, name: string | undefined): boolean =>
        track === 'mixed' || id === track || name?.toLowerCase() === track.toLowerCase();
      return {
        onBase() {},
        onEvent() {},
        onGap() {},
        onGranted(media, granted) {
          if (media.includes('audio')) format = granted.audio;
        },
        onPaused: () => live?.pause(),
        onMedia(fact, base) {
          if (fact.kind !== 'audio' || !isWanted(fact.userId, fact.userName)) return;
          if (holder !== undefined && holder !== me) {
            if (!saidBusy)
              notify({ kind: 'note', text: `${label}: its audio is not written: --audio-to has another stream` });
            saidBusy = true;
            return;
          }
          const packet = pcmOf(fact, base, format);
          if (!packet) return;
          holder = me;
          if (!live) {
            const bounded = createBounded(out, format.rate, missed);
            live = createLivePcm({ rate: format.rate, packetMs: format.packetMs, clock, write: bounded.write });
          }
          live.add(packet.offsetMs, packet.pcm);
        },
        async end() {
          leave();
          return [];
        },
        revoke() {
          const held = holder === me;
          live?.stop();
          live = undefined;
          if (held) {
            holder = undefined;
            onRevoked();
          }
        },
      };
    },
  };
};
