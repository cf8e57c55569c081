import { beforeAll, describe, expect, test } from 'vitest';
import {
  type Catalogue,
  drawScene,
  EVENT_TYPES,
  loadCatalogue,
  sampleEvent,
  seededRandom,
} from '../../../src/catalogue/index.ts';
import { createDraw } from '../../../src/catalogue/sample/draw.ts';
import { valuesOf } from '../../../src/catalogue/sample/field-value.ts';

const NOW = Date.UTC(2026, 10, 22, 1, 42);
let catalogue: Catalogue;
beforeAll(async () => {
  catalogue = await loadCatalogue();
});

const sample = (type: string, seed = 1) => sampleEvent(catalogue, type, { random: seededRandom(seed), now: NOW });

/** Every value that a documented path leads to. */
const valuesAt = (value: unknown, path: readonly string[]): unknown[] => {
  const [key, ...rest] = path;
  if (key === undefined) return [value];
  const name = key.replace('[]', '').replace('$changed_field_name', 'account_alias');
  const next = (value as Record<string, unknown> | undefined)?.[name];
  return key.endsWith('[]') ? (next as unknown[]).flatMap((item) => valuesAt(item, rest)) : valuesAt(next, rest);
};

describe.each(EVENT_TYPES)('%s', (type) => {
  test('has every documented field, each of its documented type', () => {
    const event = sample(type);
    expect(event.event).toBe(type);
    expect(event.event_ts).toBe(NOW);
    for (const [path, documented] of Object.entries(catalogue.get(type)?.fields ?? {})) {
      const values = valuesAt(event, path.split('.'));
      expect(values.length, path).toBeGreaterThan(0);
      for (const value of values) {
        if (['string', 'number', 'boolean', 'object'].includes(documented)) expect(typeof value, path).toBe(documented);
        else expect(valuesOf(documented), path).toContain(value);
      }
    }
  });

  test('is the same for the same seed, another for another', () => {
    expect(sample(type, 7)).toEqual(sample(type, 7));
    expect(sample(type, 8)).not.toEqual(sample(type, 7));
  });
});

test('holds ids in the shapes that Zoom uses', () => {
  const text = JSON.stringify(sample('meeting.participant_joined'));
  expect(text).toMatch(/"id":"8\d{10}"/);
  expect(text).toMatch(/"uuid":"[A-Za-z0-9+/]{22}=="/);
  expect(text).toMatch(/"start_time":"2026-11-2\dT\d\d:\d\d:\d\dZ"/);
  expect(text).toMatch(/"phone_number":"\+1\d{3}55501\d\d"/);
  expect(text).toMatch(/"email":"[a-z.]+@example\.com"/);
});

test('keeps the literal number or string that each type documents for the same meeting', () => {
  const scene = drawScene(createDraw(seededRandom(3)), NOW);
  const of = (type: string) =>
    sampleEvent(catalogue, type, { random: seededRandom(1), now: NOW, scene }).payload.object as Record<
      string,
      unknown
    >;
  expect(of('meeting.started').id).toBe(scene.meeting.number);
  expect(of('meeting.created').id).toBe(Number(scene.meeting.number));
  expect(of('meeting.ended').topic).toBe(scene.meeting.topic);
});

test('takes overrides by path, converted to the documented type, and leaves out paths that the type does not have', () => {
  const { payload } = sampleEvent(catalogue, 'meeting.created', {
    random: seededRandom(1),
    now: NOW,
    overrides: { 'payload.object.id': '85212345678', 'payload.object.topic': 'Mine', 'payload.object.nonsense': 1 },
  });
  expect(payload.object).toMatchObject({ id: 85212345678, topic: 'Mine' });
  expect(payload.object).not.toHaveProperty('nonsense');
});

test('overrides every element of an array', () => {
  const { payload } = sampleEvent(catalogue, 'recording.completed', {
    random: seededRandom(1),
    now: NOW,
    overrides: { 'payload.object.recording_files[].status': 'processing' },
  });
  const { recording_files: files } = payload.object as { recording_files: { status: string }[] };
  expect(files.map(({ status }) => status)).toEqual(['processing', 'processing']);
});

test('an unknown type is an event with an empty payload', () => {
  expect(sample('meeting.unheard_of')).toEqual({ event: 'meeting.unheard_of', event_ts: NOW, payload: {} });
});

test('the placeholders of the documentation are no keys', () => {
  const text = EVENT_TYPES.map((type) => JSON.stringify(sample(type))).join('\n');
  expect(text).not.toMatch(/\$changed|additionalProperties/);
});

test.each([
  ['meeting.started', 'object', 'start_time'],
  ['webinar.started', 'object', 'start_time'],
  ['session.started', 'object', 'start_time'],
  ['meeting.participant_joined', 'participant', 'join_time'],
  ['webinar.participant_joined', 'participant', 'join_time'],
  ['session.user_joined', 'user', 'join_time'],
  ['meeting.participant_left', 'participant', 'leave_time'],
  ['recording.started', 'recording_file', 'recording_start'],
])('%s happens when it says: %s %s', (type, holder, field) => {
  const object = sample(type).payload.object as Record<string, Record<string, unknown>>;
  const { [field]: at } = holder === 'object' ? object : (object[holder] ?? {});
  expect(at).toBe('2026-11-22T01:42:00Z');
});
