import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import stringWidth from 'string-width';
import { beforeAll, describe, expect, test } from 'vitest';
import { EVENT_TYPES, loadCatalogue, sampleEvent, seededRandom } from '../../../src/catalogue/index.ts';
import { createPretty } from '../../../src/format/pretty/index.ts';
import { tellStories } from '../../../src/simulator/index.ts';

// The line of every documented event type, as a person at a terminal of 80, 120 and 200 columns reads it. When lines are
// meant to change, write the files anew and read the difference:
//   UPDATE_GOLDEN=1 npx vitest run test/format/pretty/golden.test.ts && git diff test/format/pretty
const NOW = Date.UTC(2026, 10, 22, 14, 3, 22);
const WIDTHS = [80, 120, 200] as const;

const linesByWidth = new Map<number, readonly string[]>();

beforeAll(async () => {
  const catalogue = await loadCatalogue();
  for (const width of WIDTHS) {
    const pretty = await createPretty({
      color: false,
      columns: () => width,
      utc: true,
      now: () => NOW,
      details: false,
    });
    const lines = EVENT_TYPES.map((type, index) => {
      const raw = JSON.stringify(sampleEvent(catalogue, type, { random: seededRandom(index), now: NOW }));
      // Every tenth event is late, so that the files show that too.
      const receivedAt = NOW + (index % 10 === 9 ? 3400 : 150);
      return pretty.event({ kind: 'event', raw, type, receivedAt, subscription: '' }, index + 1);
    });
    linesByWidth.set(width, lines);
  }
});

describe.each(WIDTHS)('at %d columns', (width) => {
  const golden = fileURLToPath(new URL(`lines-${width}.golden.txt`, import.meta.url));

  test('each documented type has the line that the golden file shows', () => {
    const text = `${linesByWidth.get(width)?.join('\n')}\n`;
    if (process.env.UPDATE_GOLDEN) writeFileSync(golden, text);
    expect(text).toBe(readFileSync(golden, 'utf8'));
  });

  test('no line is wider', () => {
    for (const line of linesByWidth.get(width) ?? []) expect(stringWidth(line), line).toBeLessThanOrEqual(width);
  });

  test('no line shows nothing but time and type', () => {
    for (const [index, line] of (linesByWidth.get(width) ?? []).entries()) {
      expect(line).toMatch(/^\d\d:\d\d:\d\d /);
      const sentence = line.slice(9).replace(EVENT_TYPES[index] ?? '', '');
      expect(sentence.replace(/\(lag .*\)$/, '').length, line).toBeGreaterThan(8);
    }
  });
});

describe('of 1,000 lines of the simulator with seed 1', () => {
  const shown = async (columns: number): Promise<readonly string[]> => {
    const catalogue = await loadCatalogue();
    const pretty = await createPretty({
      color: false,
      columns: () => columns,
      utc: true,
      now: () => NOW,
      details: false,
    });
    const lines: string[] = [];
    const now = () => NOW + lines.length * 500;
    for (const raw of tellStories({ catalogue, random: seededRandom(1), accountId: 'a', now })) {
      const { event: type } = JSON.parse(raw) as { event: string };
      lines.push(pretty.event({ kind: 'event', raw, type, receivedAt: now(), subscription: '' }, 1));
      if (lines.length === 1000) break;
    }
    return lines;
  };

  test.each([
    [80, 250],
    [120, 20],
  ])('at %d columns at most %d are cut, and none is wider', async (columns, most) => {
    const lines = await shown(columns);
    expect(lines).toHaveLength(1000);
    expect(lines.filter((line) => line.includes('…')).length).toBeLessThanOrEqual(most);
    expect(lines.filter((line) => stringWidth(line) > columns)).toEqual([]);
  });
});

test('no line falls back to words for what is missing, for every documented field is there', () => {
  for (const line of linesByWidth.get(200) ?? []) {
    expect(line).not.toMatch(/someone|something|somewhere|unknown|no payload|undefined|null|NaN|\[object/);
  }
});
