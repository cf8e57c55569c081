import { createDraw, seededRandom } from '../../catalogue/index.ts';
import type { EpochMs } from '../../time/clock.ts';
import { PRODUCT_FACTS, type Product } from './products.ts';
import { writeScript } from './script.ts';
import type { Stream } from './stream.ts';
import { createVoices, type Sound } from './voice.ts';

/** What streams are like: `--rtms-…`. */
export type RtmsOptions = {
  readonly product: Product;
  readonly voices: number;
  readonly lengthMs: number;
  readonly sound?: Sound | undefined;
};

const LARGEST_SEED = 2 ** 32;

export type OpenDeps = {
  readonly random: () => number;
  readonly accountId: string;
  readonly at: EpochMs;
  /** The monotonic clock at that moment. */
  readonly startedAt: number;
};

/** A stream that begins now; `given`: ids that an event has already named. */
export const openStream = (
  { product, voices, lengthMs, sound }: RtmsOptions,
  { random, accountId, at, startedAt }: OpenDeps,
  given: { readonly id?: string | undefined; readonly of?: string | undefined } = {},
): Stream => {
  const own = seededRandom(Math.floor(random() * LARGEST_SEED));
  const draw = createDraw(own);
  const facts = PRODUCT_FACTS[product];
  const id = given.id ?? draw.hex(32);
  // A call has two parties.
  const speakers = facts.isCall ? 2 : voices;
  const script = writeScript({ random: own, accountId, voices: speakers, lengthMs, isCall: facts.isCall, now: at });
  const { uuid } = script.scene.meeting;
  const usual = product === 'phone' ? script.scene.callId : product === 'session' ? script.scene.sessionId : uuid;
  return {
    id,
    product,
    facts,
    of: given.of ?? usual,
    sessionId: draw.hex(32),
    script,
    voices: createVoices(script, sound),
    at,
    startedAt,
    server: 1,
    signal: undefined,
    media: new Set(),
    subscribed: new Set(),
    habits: new Set(),
    hasBegun: false,
    // What happens at 0 is after this.
    sent: { audio: 0, video: 0, deskshare: 0, transcript: 0, chat: 0, happenings: -1 },
    isPaused: false,
    quiet: { media: [], until: 0 },
    isBuffered: true,
    videoOf: undefined,
    isStopTold: false,
    over: new AbortController(),
  };
};
