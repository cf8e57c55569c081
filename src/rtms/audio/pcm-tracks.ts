import type { MediaFact } from '../stream/taker.ts';
import type { AudioFormat } from '../wire/media-params.ts';
import { decodeALaw } from './a-law.ts';
import { createCoverage } from './coverage.ts';

/** A packet of a track, as s16le, for the first time. */
export type PcmPacket = {
  readonly trackId: string;
  readonly userId: string;
  readonly userName: string | undefined;
  readonly offsetMs: number;
  readonly pcm: Buffer;
};

/** Makes PCM of packets, and passes over what comes again. */
export const createPcmTracks = () => {
  const seen = new Map<string, ReturnType<typeof createCoverage>>();
  return (fact: MediaFact & { readonly kind: 'audio' }, base: number, format: AudioFormat): PcmPacket | undefined => {
    const trackId = fact.channelId ?? fact.userId;
    const offsetMs = fact.at - base;
    const coverage = seen.get(trackId) ?? createCoverage();
    seen.set(trackId, coverage);
    if (offsetMs < 0 || coverage.add(offsetMs, offsetMs + format.packetMs).length === 0) return undefined;
    const pcm = format.codec === 'g711' ? decodeALaw(fact.data) : fact.data;
    return { trackId, userId: fact.userId, userName: fact.userName, offsetMs, pcm };
  };
};
