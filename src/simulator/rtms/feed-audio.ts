import { encodeAudio, RATES } from './audio-codecs.ts';
import type { Params } from './media-params.ts';
import { type Stream, stamp } from './stream.ts';
import { type Fields, MESSAGE } from './wire.ts';

/** What is to be sent now, and up to which moment that is everything. */
export type Fed = { readonly messages: readonly Fields[]; readonly upTo: number };

/** Held back this long by `rtms-burst`, then all at once. */
const BURST_MS = 3_000;

/** The packets of audio that are whole by now. In the mix there is one for every moment; a participant's only while they speak. */
export const feedAudio = (stream: Stream, params: Params, from: number, to: number): Fed => {
  const { script, voices, habits, facts } = stream;
  const step = Number(params.send_rate);
  const rate = RATES[Number(params.sample_rate)] ?? RATES[1];
  const grid = habits.has('burst') ? BURST_MS : habits.has('reorder') ? step * 2 : step;
  const start = Math.ceil(from / step) * step;
  // The last packet of all may be shorter than its grid.
  const upTo = to >= script.lengthMs ? to : Math.floor(Math.floor(to / grid) * (grid / step)) * step;
  const isEach = params.data_opt === 2 || facts.isCall;
  const tracks: readonly (number | 'mix')[] = isEach
    ? [...new Set(script.sentences.map(({ speaker }) => speaker))]
    : ['mix'];

  const packets: Fields[][] = [];
  for (let at = start; at + step <= upTo; at += step) {
    const packet: Fields[] = [];
    for (const track of tracks) {
      const samples = voices.samples(track, at, at + step, rate);
      if (samples === undefined) continue;
      const data = encodeAudio(samples, Number(params.codec), Number(params.channel), step);
      packet.push({
        msg_type: MESSAGE.audio,
        content: {
          ...whoOf(stream, track),
          data: data.toString('base64'),
          length: data.length,
          timestamp: stamp(stream, at),
        },
      });
    }
    packets.push(packet);
  }
  const ordered = habits.has('reorder') ? swapped(packets) : packets;
  const messages = ordered.flat();
  const sentTo = start + packets.length * step;
  return {
    messages: habits.has('repeat') ? messages.flatMap((message) => [message, message]) : messages,
    upTo: Math.max(from, sentTo),
  };
};

const whoOf = ({ script, facts }: Stream, track: number | 'mix'): Fields => {
  const person = track === 'mix' ? undefined : script.people[track];
  if (person === undefined) return { user_id: 0 };
  return {
    user_id: person.userId,
    user_name: person.name,
    ...(facts.isCall && { channel_id: person.channelId }),
  };
};

const swapped = <Item>(items: readonly Item[]): readonly Item[] =>
  items.flatMap((item, index) => {
    if (index % 2 === 1) return [item, items[index - 1] as Item];
    return index === items.length - 1 ? [item] : [];
  });
