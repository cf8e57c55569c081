import { expect, test } from 'vitest';
import { PackedEvent } from '../../src/event/packed-event.ts';

const arena = Buffer.from('…{"event":"é"}\n…');
const packed = { arena, start: 3, end: arena.indexOf('\n') };

test('its text is what lies between its places', () => {
  expect(new PackedEvent(packed, 'é', 1, 's').raw).toBe('{"event":"é"}');
});

test('a copy leaves the text and the bytes behind, so that what was changed cannot be written unchanged', () => {
  const copy: object = { ...new PackedEvent(packed, 'é', 1, 's') };
  expect(copy).toEqual({ kind: 'event', type: 'é', receivedAt: 1, subscription: 's' });
  expect('packed' in copy || 'raw' in copy).toBe(false);
});
