import { afterEach, expect, test } from 'vitest';
import { seededRandom } from '../../../src/catalogue/index.ts';
import { type Simulator, startSimulator } from '../../../src/simulator/index.ts';
import type { RtmsOptions } from '../../../src/simulator/rtms/index.ts';
import { type ManualClock, manualClock } from '../../support/manual-clock.ts';
import { credentials, greet, type Start, takeStream, waitFor } from '../../support/rtms-client.ts';
import { connect, type SocketClient } from '../../support/socket-client.ts';

let running: Simulator | undefined;
afterEach(() => running?.close());

type World = {
  readonly clock: ManualClock;
  readonly simulator: Simulator;
  readonly events: SocketClient;
  readonly start: Start;
  /** The event of the event socket at this place. */
  event(index: number): Promise<Start>;
};

const open = async (options: Partial<RtmsOptions> = {}): Promise<World> => {
  const clock = manualClock();
  const rtms = { product: 'meeting', voices: 2, lengthMs: 30_000, ...options } as const;
  const simulator = await startSimulator({ clock, random: seededRandom(7), rtms, rules: { silentAfterMs: 3_600_000 } });
  running = simulator;
  const events = await connect(simulator);
  const event = async (index: number) => JSON.parse(JSON.parse(await events.frame(index + 1)).content) as Start;
  simulator.rtms?.play().catch(() => {});
  return { clock, simulator, events, start: await event(0), event };
};

test('a start event leads to a signalling server, which leads to media servers', async () => {
  const { simulator, start } = await open();
  expect(start.event).toBe('meeting.rtms_started');
  const { answer } = await greet(start.payload.server_urls ?? '', { msg_type: 1, ...credentials(simulator, start) });
  expect(answer).toMatchObject({ msg_type: 2, status_code: 0 });
  expect(Object.keys((answer.media_server as { server_urls: object }).server_urls).sort()).toEqual([
    ...['all', 'audio', 'chat', 'deskshare', 'transcript', 'video'],
  ]);
});

test.each([
  ['another stream', { rtms_stream_id: 'f'.repeat(32) }, 2],
  ['the signature of another secret', { signature: '0'.repeat(64) }, 3],
  ['no signature', { signature: undefined }, 3],
  ['another meeting', { meeting_uuid: 'other' }, 4],
  ['no meeting', { meeting_uuid: undefined }, 4],
  ['a version to come', { protocol_version: 2 }, 4],
  ['another message', { msg_type: 3 }, 1],
] as const)('signalling with %s is refused', async (_what, wrong, status) => {
  const { simulator, start } = await open();
  const hello = { msg_type: 1, ...credentials(simulator, start), ...wrong };
  const { client, answer } = await greet(start.payload.server_urls ?? '', hello);
  expect(answer).toMatchObject({ msg_type: 2, status_code: status });
  expect(answer.media_server).toBeUndefined();
  expect(await client.closed).toMatchObject({ code: 1000 });
});

test('a second client of a stream is refused as a duplicate', async () => {
  const { simulator, start } = await open();
  await takeStream(simulator, start);
  const second = await greet(start.payload.server_urls ?? '', { msg_type: 1, ...credentials(simulator, start) });
  expect(second.answer).toMatchObject({ status_code: 8 });
});

test('nothing flows before client-ready, and then the words come when they have been said', async () => {
  const { clock, simulator, start } = await open();
  const client = await takeStream(simulator, start);
  const media = await client.media(8);
  expect(media.answer).toMatchObject({
    status_code: 0,
    media_params: { transcript: { content_type: 5, src_language: 9, enable_lid: true } },
  });
  await clock.advance(100);
  expect(media.frames).toHaveLength(1);
  client.ready();
  await client.heard(9);
  await clock.advance(6_000);
  const [first, second] = await media.some(17, 2);
  expect(first).toMatchObject({ data: 'Good morning, everyone. Can you all hear me?', attribute: 1, sentence_id: 1 });
  expect(first?.start_time).toBe(start.event_ts + 800);
  expect(second?.user_name).not.toBe(first?.user_name);
  expect(second?.start_time).toBeGreaterThan(first?.end_time ?? 0);
});

test('only events that were subscribed to are told, but for the first packet', async () => {
  const { clock, simulator, start } = await open();
  const client = await takeStream(simulator, start);
  client.signal.socket.send(JSON.stringify({ msg_type: 5, events: [{ event_type: 3, subscribe: true }] }));
  await client.media(8);
  client.ready();
  await client.heard(9);
  await clock.advance(5_000);
  const [first, joined] = (await waitFor(client.signal, 6, 2)).map(({ event }) => event as Record<string, unknown>);
  expect(first).toEqual({ event_type: 1, timestamp: start.event_ts });
  expect(joined?.participants).toHaveLength(2);
  const types = client.signal.frames.map((text) => JSON.parse(text)).map(({ event }) => event?.event_type);
  expect(types).not.toContain(2);
});

test('sixteen kHz of audio have 640 bytes in 20 ms; what was said before the connection comes first', async () => {
  const { clock, simulator, start } = await open();
  await clock.advance(3_000);
  const client = await takeStream(simulator, start);
  const media = await client.media(1, { audio: { data_opt: 1, send_rate: 20 } });
  client.ready();
  await client.heard(9);
  await clock.advance(100);
  const packets = await media.some(14, 150);
  expect(packets.map(({ timestamp }) => timestamp - start.event_ts)).toEqual(packets.map((_, index) => index * 20));
  expect(packets.every(({ data, user_id }) => user_id === 0 && Buffer.from(data, 'base64').length === 640)).toBe(true);
});

test('with buffer_data off, audio begins at the connection', async () => {
  const { clock, simulator, start } = await open();
  await clock.advance(3_000);
  const client = await takeStream(simulator, start, { buffer_data: false });
  const media = await client.media(1);
  client.ready();
  await client.heard(9);
  await clock.advance(100);
  const [first] = await media.some(14, 1);
  expect(first?.timestamp).toBeGreaterThanOrEqual(start.event_ts + 3_000);
});

test('a track of a participant holds sound exactly while the transcript says that they spoke', async () => {
  const { clock, simulator, start } = await open();
  const client = await takeStream(simulator, start);
  const media = await client.media(9, { audio: { data_opt: 2, send_rate: 20 } });
  client.ready();
  await client.heard(9);
  await clock.advance(8_000);
  const sentences = await media.some(17, 3);
  const until = sentences.at(-1)?.end_time ?? 0;
  const loud = media
    .all(14)
    .filter(({ data, timestamp }) => timestamp < until && Buffer.from(data, 'base64').some((byte) => byte !== 0));
  expect(loud.length).toBeGreaterThan(100);
  for (const { user_id, timestamp } of loud) {
    const spoken = sentences.find((one) => one.start_time < timestamp + 20 && one.end_time > timestamp);
    expect(spoken?.user_id).toBe(user_id);
  }
});

test('client and simulator end a stream for good: message 22, states, the stop event', async () => {
  const { simulator, start, event } = await open();
  const client = await takeStream(simulator, start);
  client.signal.socket.send(JSON.stringify({ msg_type: 21, rtms_stream_id: start.payload.rtms_stream_id }));
  expect(await client.heard(22)).toMatchObject({ status_code: 0 });
  expect(await client.heard(9)).toMatchObject({ state: 5, stop_reason: 20 });
  expect(await client.heard(8)).toMatchObject({ state: 4, reason: 20 });
  expect(await client.signal.closed).toMatchObject({ code: 1000 });
  expect(await event(1)).toMatchObject({ event: 'meeting.rtms_stopped', payload: { stop_reason: 20 } });
});

test('a stream ends with its meeting, and the next one begins', async () => {
  const { clock, simulator, start, event } = await open({ lengthMs: 5_000 });
  const client = await takeStream(simulator, start);
  await clock.advance(5_000);
  expect(await client.heard(8)).toMatchObject({ state: 4, reason: 6 });
  expect(await event(1)).toMatchObject({ event: 'meeting.rtms_stopped', payload: { stop_reason: 6 } });
  await clock.advance(5_000);
  expect((await event(2)).payload.rtms_stream_id).not.toBe(start.payload.rtms_stream_id);
});

test('signalling that is lost is waited for, with its media, and then the stream is over', async () => {
  const { clock, simulator, start, event } = await open({ lengthMs: 300_000 });
  const client = await takeStream(simulator, start);
  const media = await client.media(8);
  client.signal.socket.terminate();
  await media.closed;
  expect(await event(1)).toMatchObject({ event: 'meeting.rtms_interrupted' });
  const again = await takeStream(simulator, start);
  again.signal.socket.terminate();
  expect(await event(2)).toMatchObject({ event: 'meeting.rtms_interrupted' });
  await clock.advance(61_000);
  expect(await event(3)).toMatchObject({ event: 'meeting.rtms_stopped', payload: { stop_reason: 19 } });
});

test('a client that leaves three keep-alives unanswered is cut off', async () => {
  const { clock, simulator, start, event } = await open({ lengthMs: 300_000 });
  const client = await takeStream(simulator, start);
  client.signal.socket.removeAllListeners('message');
  await clock.advance(39_000);
  expect(client.signal.socket.readyState).toBe(client.signal.socket.OPEN);
  await clock.advance(2_000);
  await client.signal.closed;
  expect(await event(1)).toMatchObject({ event: 'meeting.rtms_interrupted' });
});

test.each([
  ['webinar', 'webinar.rtms_started', 'webinar_uuid'],
  ['session', 'session.rtms_started', 'session_id'],
  ['contact-center', 'contact_center.voice_rtms_started', 'engagement_id'],
  ['phone', 'phone.rtms_started', 'call_id'],
] as const)('the product %s has its own event and id', async (product, type, idName) => {
  const { clock, simulator, start } = await open({ product });
  expect(start.event).toBe(type);
  expect(start.payload[idName]).toEqual(expect.any(String));
  const client = await takeStream(simulator, start);
  const media = await client.media(1, { audio: { send_rate: 100 } });
  client.ready();
  await client.heard(9);
  await clock.advance(2_000);
  const [first] = await media.some(14, 1);
  if (product === 'contact-center' || product === 'phone') expect(first?.channel_id).toBe('1');
  else expect(first?.user_id).toBe(0);
});
