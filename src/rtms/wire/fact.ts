import type { EpochMs } from '../../time/clock.ts';
import type { Fields } from './message.ts';

/** What one message of Zoom says, in our words. */
export type Fact =
  | {
      readonly kind: 'audio';
      readonly at: EpochMs;
      /** Empty for Zoom's mix. */
      readonly userId: string;
      readonly userName: string | undefined;
      readonly channelId: string | undefined;
      readonly data: Buffer;
    }
  | {
      readonly kind: 'picture';
      readonly media: 'video' | 'share';
      readonly at: EpochMs;
      readonly userId: string;
      readonly userName: string | undefined;
      readonly data: Buffer;
    }
  | {
      /** Becomes `rtms_stream.<name>`. */
      readonly kind: 'event';
      readonly name: string;
      /** Undefined where the message names no time. */
      readonly at: EpochMs | undefined;
      /** The instant that `offset_ms` is made of; undefined where there is none to make. */
      readonly since: EpochMs | undefined;
      readonly fields: Fields;
    }
  /** Event 1: the start of the stream's time line. */
  | { readonly kind: 'first-packet'; readonly at: EpochMs };

/** Whether a fact is data that counts towards the stream's start. */
export const startsTimeline = (fact: Fact): EpochMs | undefined => {
  if (fact.kind === 'audio' || fact.kind === 'picture' || fact.kind === 'first-packet') return fact.at;
  return fact.name === 'transcript' || fact.name === 'chat' ? fact.since : undefined;
};
