import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Arrival } from '../../src/event/arrival.ts';
import { PackedEvent } from '../../src/event/packed-event.ts';
import { createNdjson } from '../../src/format/ndjson.ts';
import { joinLines } from '../../src/outlet/join-lines.ts';
import { createUnpacker } from '../../src/zoom/unpack-event.ts';

const layoutOf = (meta: boolean) => ({ format: createNdjson({ meta }), lifecycle: true, control: true });

const all = (...of: Parameters<typeof joinLines>): string =>
  [...joinLines(...of)].map((piece) => piece.toString()).join('');

const AT = Date.UTC(2026, 10, 22);
const asText = (raw: string): Arrival => ({ kind: 'event', raw, type: '', receivedAt: AT, subscription: 's' });
const packer = () => {
  const unpack = createUnpacker();
  return (raw: string): Arrival => {
    const event = unpack(Buffer.from(`{"module":"message","content":${JSON.stringify(raw)}}`));
    if (!event) throw new Error(`not packed: ${raw}`);
    return new PackedEvent(event.text, event.type, AT, 's');
  };
};

test('packed events, texts and lifecycle events come out in their order, byte for byte', () => {
  const kinds = fc.array(fc.constantFrom('packed', 'text', 'lifecycle', 'dropped'), { maxLength: 12 });
  fc.assert(
    fc.property(kinds, fc.boolean(), (list, meta) => {
      const packed = packer();
      const arrivals: Arrival[] = [];
      const plain: Arrival[] = [];
      for (const [index, kind] of list.entries()) {
        const raw = `{"event":"é${index}"}`;
        const isLifecycle = kind === 'lifecycle';
        const arrival = kind === 'packed' || kind === 'dropped' ? packed(raw) : asText(raw);
        if (kind === 'dropped') continue;
        arrivals.push(isLifecycle ? { kind: 'lifecycle', type: 'x', raw, receivedAt: AT } : arrival);
        plain.push(isLifecycle ? { kind: 'lifecycle', type: 'x', raw, receivedAt: AT } : asText(raw));
      }
      expect(all(arrivals, layoutOf(meta), 7)).toBe(all(plain, layoutOf(meta), 7));
    }),
  );
});

test('events that came side by side are not copied', () => {
  const packed = packer();
  const arrivals = [packed('{"a":1}'), packed('{"a":2}')] as PackedEvent[];
  const [lines] = joinLines(arrivals, layoutOf(false), 1) as Iterable<Buffer>;
  expect(lines?.buffer).toBe(arrivals[0]?.packed.arena.buffer);
  expect(String(lines)).toBe('{"a":1}\n{"a":2}\n');
});

test('numbers events only, from the first', () => {
  const arrivals: Arrival[] = [asText('{}'), { kind: 'lifecycle', type: 'x', raw: '{}', receivedAt: AT }, asText('{}')];
  const seqs = [...all(arrivals, layoutOf(true), 3).matchAll(/"seq":(\d+)/g)].map(([, seq]) => seq);
  expect(seqs).toEqual(['3', '4']);
});

test.each([
  ['texts', asText],
  ['packed', packer()],
])('many large lines come in pieces of 16 MiB at most, in their order, a larger one alone: %s', (_, make) => {
  const MIB = 1024 * 1024;
  const sizes = [1, 9, 9, 1, 17, 0, 0, 3, 3, 3, 3, 3, 3, 3, 3];
  const raws = sizes.map((mib, index) => `{"n":${index},"t":"${'x'.repeat(mib * MIB)}"}`);
  const pieces = [...joinLines(raws.map(make), layoutOf(false), 1)].map((piece) => piece.toString());
  expect(pieces.join('') === `${raws.join('\n')}\n`).toBe(true);
  expect(pieces.length).toBeGreaterThan(4);
  for (const piece of pieces)
    if (piece.length > 16 * MIB)
      expect(piece.split('\n').map((line) => Math.round(line.length / MIB))).toEqual([17, 0]);
});

test('a batch of which nothing is shown is no piece', () => {
  const hidden: Arrival = { kind: 'lifecycle', type: 'x', raw: '{}', receivedAt: AT };
  expect([...joinLines([hidden], { ...layoutOf(false), lifecycle: false }, 1)]).toEqual([]);
});
