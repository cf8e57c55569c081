import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import stringWidth from 'string-width';
import { beforeAll, describe, expect, test } from 'vitest';
import { EVENT_TYPES, loadCatalogue, sampleEvent, seededRandom } from '../../../src/catalogue/index.ts';
import { createPretty } from '../../../src/format/pretty/index.ts';

// The line of every documented event type, as a person at a terminal of 80 and of 200 columns reads it. When lines are
// meant to change, write the files anew and read the difference:
//   UPDATE_GOLDEN=1 npx vitest run test/format/pretty/golden.test.ts && git diff test/format/pretty
const NOW = Date.UTC(2026, 10, 22, 14, 3, 22);
const WIDTHS = [80, 200] as const;

const linesByWidth = new Map<number, readonly string[]>();

beforeAll(async () => {
  const catalogue = await loadCatalogue();
  for (const width of WIDTHS) {
    const pretty = await createPretty({ color: false, columns: () => width, utc: true, details: false });
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
      const prefix = new RegExp(`^\\d\\d:\\d\\d:\\d\\d ${EVENT_TYPES[index]?.replaceAll('.', '\\.')} `);
      expect(line).toMatch(prefix);
      expect(line.replace(prefix, '').replace(/\(lag .*\)$/, '').length, line).toBeGreaterThan(8);
    }
  });
});

test('no line falls back to words for what is missing, for every documented field is there', () => {
  for (const line of linesByWidth.get(200) ?? []) {
    expect(line).not.toMatch(/someone|something|somewhere|unknown|no payload|undefined|null|NaN|\[object/);
  }
});
