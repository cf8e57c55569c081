import type { StreamEvent } from '../stream/event-text.ts';
import { textOf } from '../wire/message.ts';
import type { CaptionKind } from './caption-formats.ts';
import type { Sentence } from './sentences.ts';
import { createTextFiles } from './text-files.ts';

/** A sentence without an end, or with one before its beginning, is shown for so long: a second, or 60 ms a character. */
const LEAST_MS = 1_000;
const CHARACTER_MS = 60;

/** Transcript and chat as files with the last revision of everything. */
export const createStreamText = (folder: string, captions: readonly CaptionKind[]) => {
  const transcript = createTextFiles(folder, 'transcript', captions);
  const chat = createTextFiles(folder, 'chat', ['txt']);
  let count = 0;
  return {
    hear({ event, payload: { object } }: StreamEvent) {
      count += 1;
      const kind = event.replace('rtms_stream.', '');
      if (kind !== 'transcript' && kind !== 'chat') return;
      const sentence = sentenceOf(object);
      if (kind === 'transcript') {
        const { attribute, sentence_id, user_id, start_time } = object;
        const key = sentence_id === undefined ? `${user_id}\n${start_time ?? count}` : `#${user_id}\n${sentence_id}`;
        return transcript.put(key, attribute === 'delete' ? undefined : sentence);
      }
      const { operation, message_id } = object;
      if (operation === 'add_emoji' || operation === 'remove_emoji') return;
      chat.put(textOf(message_id) ?? `${count}`, operation === 'delete' ? undefined : sentence);
    },
    flush() {
      transcript.flush();
      chat.flush();
    },
    names: () => [...transcript.names(), ...chat.names()],
  };
};

const sentenceOf = (object: Readonly<Record<string, unknown>>): Sentence => {
  const text = textOf(object.text) ?? '';
  const from = typeof object.offset_ms === 'number' ? object.offset_ms : 0;
  const start = Date.parse(textOf(object.start_time) ?? '');
  const end = Date.parse(textOf(object.end_time) ?? '');
  const length = end > start ? end - start : Math.max(LEAST_MS, text.length * CHARACTER_MS);
  const speaker = textOf(object.user_name) ?? textOf(object.user_id) ?? textOf(object.channel_id) ?? '';
  return { from, to: from + length, speaker, text };
};
