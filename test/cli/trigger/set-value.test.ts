import { expect, test } from 'vitest';
import { applySetting, setting } from '../../../src/cli/trigger/set-value.ts';

const FIELDS = {
  'payload.object.id': 'string',
  'payload.object.files[].name': 'string',
  'payload.object.duration': 'number',
};

test.each<[string, object, object]>([
  ['topic=Budget', {}, { payload: { object: { topic: 'Budget' } } }],
  ['topic=a=b', {}, { payload: { object: { topic: 'a=b' } } }],
  ['topic=', {}, { payload: { object: { topic: '' } } }],
  ['payload.account_id=A', {}, { payload: { account_id: 'A' } }],
  ['event=x.y', { event: 'a' }, { event: 'x.y' }],
  ['event_ts=5', { event_ts: 1 }, { event_ts: 5 }],
  ['id=5', {}, { payload: { object: { id: '5' } } }],
  ['id=null', {}, { payload: { object: { id: null } } }],
  ['duration=5', {}, { payload: { object: { duration: 5 } } }],
  ['flag=true', {}, { payload: { object: { flag: true } } }],
  ['flag="true"', {}, { payload: { object: { flag: 'true' } } }],
  ['number=-1.5e3', {}, { payload: { object: { number: -1500 } } }],
  ['number=007', {}, { payload: { object: { number: '007' } } }],
  ['number=7603175240135936543', {}, { payload: { object: { number: '7603175240135936543' } } }],
  ['list=[1,2]', {}, { payload: { object: { list: [1, 2] } } }],
  ['list=[urgent]', {}, { payload: { object: { list: '[urgent]' } } }],
  ['files[].name=5', {}, { payload: { object: { files: [{ name: '5' }] } } }],
  ['event.deep=1', { event: 'text' }, { event: { deep: 1 } }],
  ['payload.tags[]=x', { payload: { tags: ['a', 'b'] } }, { payload: { tags: ['x', 'x'] } }],
  ['payload.grid[][]=0', { payload: { grid: [[1], [2, 3]] } }, { payload: { grid: [[0], [0, 0]] } }],
  [
    'payload.all[].n=0',
    { payload: { all: [{ n: 1, m: 2 }, 'odd'] } },
    { payload: { all: [{ n: 0, m: 2 }, { n: 0 }] } },
  ],
])('%s in %j', (typed, event, expected) => {
  applySetting(event, setting(typed), FIELDS);
  expect(event).toEqual(expected);
});

test('a key of the prototype is a key like any other', () => {
  const event = {};
  applySetting(event, setting('payload.__proto__.polluted=true'), FIELDS);
  expect(JSON.stringify(event)).toBe('{"payload":{"__proto__":{"polluted":true}}}');
  expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
});
