import { expect, test } from 'vitest';
import { EVENT_TYPES } from '../../src/catalogue/event-types.ts';
import documented from '../../src/catalogue/zoom-events.json' with { type: 'json' };

test('names exactly the documented types, in order', () => {
  expect(EVENT_TYPES).toEqual(Object.keys(documented));
});
