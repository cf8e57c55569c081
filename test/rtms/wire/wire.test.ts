import { expect, test } from 'vitest';
import { stopReasonOf } from '../../../src/rtms/wire/codes.ts';
import { instantOf } from '../../../src/rtms/wire/instant.ts';
import { languageId } from '../../../src/rtms/wire/languages.ts';
import { readMessage } from '../../../src/rtms/wire/message.ts';
import { refusalOf } from '../../../src/rtms/wire/refusal.ts';
import { signatureOf } from '../../../src/rtms/wire/signature.ts';
import { readJoin, readStreamNews } from '../../../src/rtms/wire/start-event.ts';
import { Secret } from '../../../src/secret.ts';

test('the signature is the one of the protocol page', () => {
  const key = { clientId: 'example_client_id', secret: new Secret('example_client_secret') };
  expect(signatureOf(key, '4444AAAiAAAAAiAiAiiAii==', '03db704592624398931a588dd78200cb')).toBe(
    'eb8a1da139fcd7dce65decbc3e3438521641dc105e3a3bce8ffb127ead9d549e',
  );
});

test('seconds, milliseconds and microseconds become milliseconds', () => {
  expect([1_750_791_055, 1_750_791_055_005, 1_750_791_055_005_605, '1750791055005'].map(instantOf)).toEqual([
    1_750_791_055_000, 1_750_791_055_005, 1_750_791_055_006, 1_750_791_055_005,
  ]);
  expect([0, -5, Number.NaN, 1e300, null, 'soon'].map(instantOf)).toEqual(Array(6).fill(undefined));
});

test('a stop reason is a number or a name', () => {
  expect([8, '8', 'STOP_BC_STREAM_REVOKED', 'stream_revoked', 'nonsense', {}].map(stopReasonOf)).toEqual([
    8,
    8,
    8,
    8,
    undefined,
    undefined,
  ]);
});

test('a language is found by name, id, or the beginning of one name', () => {
  expect(['german', '14', 'GERMAN', 'french', 'French (France)', 'swed', '99'].map(languageId)).toEqual([
    14,
    14,
    14,
    undefined,
    13,
    29,
    undefined,
  ]);
});

test('clear words of a refusal count for more than its number, and a reason without a status refuses', () => {
  expect(refusalOf({ status_code: 15, reason: 'Invalid signature' }, false)?.kind).toBe('signature');
  expect(refusalOf({ reason: 'Missing required fields' }, false)).toMatchObject({ kind: 'params', status: undefined });
  expect(refusalOf({ status_code: 0, reason: 'OK' }, true)).toBeUndefined();
  expect(refusalOf({ reason: '' }, true)).toBeUndefined();
});

test('the bytes of a large picture are cut out of the message', () => {
  const data = Buffer.alloc(40_000, 200);
  const message = {
    msg_type: 15,
    content: { user_id: 1, user_name: 'Ü', data: data.toString('base64'), timestamp: 5 },
  };
  const read = readMessage(Buffer.from(JSON.stringify(message)));
  expect(read?.data?.equals(data)).toBe(true);
  expect(read?.message.fields).toEqual({ ...message, content: { ...message.content, data: '' } });
});

test('start events of every product are read, wrapped or not, with one address or several', () => {
  const read = (event: string, payload: object) => readStreamNews({ event, event_ts: 1_763_719_200_123, payload });
  const urls = { rtms_stream_id: 's', server_urls: 'wss://a:443, wss://b:443' };
  expect(read('webinar.rtms_started', { object: { ...urls, webinar_uuid: 'w', webinar_id: 85 } })).toMatchObject({
    kind: 'started',
    start: { product: 'webinar', idName: 'webinar_uuid', urls: ['wss://a:443', 'wss://b:443'], number: '85' },
  });
  expect(read('contact_center.voice_rtms_started', { ...urls, engagement_id: 'e' })).toMatchObject({
    start: { product: 'contact_center', idName: 'engagement_id' },
  });
  expect(read('phone.call_rtms_started', { ...urls, call_id: 'c' })).toMatchObject({ start: { product: 'phone' } });
  expect(readJoin({ ...urls, session_id: 'x', server_urls: { a: 'wss://a' } })).toMatchObject({
    start: { product: 'session' },
  });
  expect(read('meeting.rtms_stopped', { rtms_stream_id: 's', stop_reason: 8 })).toMatchObject({
    kind: 'stopped',
    reason: 8,
  });
});

test('each missing field of a start event is named', () => {
  const news = readJoin({ event: 'meeting.rtms_started', payload: {} });
  expect(news.kind === 'malformed' && news.complaints).toHaveLength(3);
});
