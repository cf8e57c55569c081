import type { Clock } from '../../time/clock.ts';
import { type Fed, feedAudio } from './feed-audio.ts';
import { feedChat, feedTranscript, happened } from './feed-words.ts';
import type { Params } from './media-params.ts';
import type { Media } from './products.ts';
import { type MediaLine, offsetOf, type Stream } from './stream.ts';

/** How often it is looked what is due: the length of the shortest packet. */
const TICK_MS = 20;
/** A client that is this many bytes behind gets nothing more until it has read some; audio is kept meanwhile. */
const LARGEST_BACKLOG = 8 * 1024 * 1024;

type Feed = (stream: Stream, params: Params, from: number, to: number) => Fed;

const FEEDS: Readonly<Partial<Record<Media, Feed>>> = {
  audio: feedAudio,
  transcript: feedTranscript,
  chat: feedChat,
};

/** Sends what a stream has to say when its time has come. Resolves at its end, whichever it is. */
export const pump = async (stream: Stream, clock: Clock, onDone: () => void): Promise<void> => {
  const { signal } = stream.over;
  try {
    while (!signal.aborted) {
      await clock.sleep(TICK_MS, signal);
      sendDue(stream, offsetOf(stream, clock));
      if (offsetOf(stream, clock) >= stream.script.lengthMs) onDone();
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
};

const sendDue = (stream: Stream, offset: number): void => {
  tellHappenings(stream, offset);
  for (const mine of stream.media) {
    if (!mine.isReady || mine.line.backlog() > LARGEST_BACKLOG) continue;
    for (const kind of mine.media) sendMedia(stream, mine, kind, offset);
  }
};

const sendMedia = (stream: Stream, { line, granted }: MediaLine, kind: Media, offset: number): void => {
  const { sent, quiet } = stream;
  const params = granted[kind];
  const from = sent[kind];
  if (params === undefined || offset <= from) return;
  if (stream.isPaused || (quiet.media.includes(kind) && offset < quiet.until)) {
    sent[kind] = offset;
    return;
  }
  const { messages, upTo } = FEEDS[kind]?.(stream, params, from, offset) ?? { messages: [], upTo: offset };
  sent[kind] = upTo;
  for (const message of messages) line.send(message);
};

/** Events that nobody has subscribed to happen unheard. */
const tellHappenings = (stream: Stream, offset: number): void => {
  const { script, sent, signal, subscribed, hasBegun } = stream;
  if (!hasBegun || signal === undefined || offset <= sent.happenings) return;
  for (const one of script.happenings) {
    if (one.at > offset) break;
    if (one.at > sent.happenings && subscribed.has(one.type)) signal.send(happened(stream, one));
  }
  sent.happenings = offset;
};
