import { expect, test } from 'vitest';
import { captionOf } from '../../../src/format/captions/caption.ts';

const transcript = (object: object) =>
  captionOf(JSON.stringify({ event: 'rtms_stream.transcript', event_ts: 7, payload: { object } }), 9);

test('a transcript says who spoke, when and what', () => {
  expect(transcript({ rtms_stream_id: 's', user_name: 'Ada', user_id: 3, text: 'hello' })).toEqual({
    at: 7,
    streamId: 's',
    speaker: 'Ada',
    speakerId: '3',
    isRevised: false,
    text: 'hello',
  });
});

test('a text that is withdrawn or changed says so', () => {
  expect(transcript({ text: 'hello', attribute: 'delete' })).toMatchObject({
    isRevised: true,
    text: '(withdrawn) hello',
  });
  expect(transcript({ text: 'hullo', attribute: 'update' })).toMatchObject({ isRevised: true, text: 'hullo' });
});

test('an event without a time has that of its arrival', () => {
  expect(captionOf('{"event":"rtms_stream.transcript"}', 9)).toMatchObject({ at: 9, speaker: 'somebody', text: '' });
});
