import { expect, test } from 'vitest';
import { grant } from '../../../src/simulator/rtms/media-params.ts';

test('what is left out takes its default', () => {
  expect(grant(['audio', 'video'], { audio: { send_rate: 100 } })).toEqual({
    audio: { content_type: 2, sample_rate: 1, channel: 1, codec: 1, data_opt: 1, send_rate: 100 },
    video: { content_type: 3, codec: 5, resolution: 2, data_opt: 3, fps: 5 },
  });
});

test.each([
  ['audio', { send_rate: 30 }, 24],
  ['audio', { codec: 5 }, 22],
  ['audio', { sample_rate: 4 }, 20],
  ['audio', { channel: 2 }, 21],
  ['audio', { data_opt: 3 }, 23],
  ['audio', { content_type: 3 }, 19],
  ['audio', 'loud', 18],
  ['video', { codec: 5, fps: 6 }, 30],
  ['video', { codec: 7, fps: 5 }, 30],
  ['video', { resolution: 5 }, 28],
  ['video', { data_opt: 5 }, 29],
  ['deskshare', { codec: 6, fps: 2 }, 35],
  ['transcript', { src_language: 37 }, 43],
  ['transcript', { content_type: 4 }, 37],
  ['chat', { content_type: 1 }, 39],
] as const)('%s with %j is refused with %i', (kind, params, status) => {
  expect(grant([kind], { [kind]: params })).toBe(status);
});

test('packets are cut to a second, those of Opus to what fits into one of its packets', () => {
  expect(grant(['audio'], { audio: { send_rate: 2000 } })).toMatchObject({ audio: { send_rate: 1000 } });
  expect(grant(['audio'], { audio: { codec: 4, channel: 2, send_rate: 400 } })).toMatchObject({
    audio: { send_rate: 100 },
  });
});

test('too many pictures a second without a codec become few JPEGs', () => {
  expect(grant(['video'], { video: { fps: 25 } })).toMatchObject({ video: { codec: 5, fps: 5 } });
});

test('the older name of the language is understood', () => {
  expect(grant(['transcript'], { transcript: { language: 14 } })).toMatchObject({ transcript: { src_language: 14 } });
});
