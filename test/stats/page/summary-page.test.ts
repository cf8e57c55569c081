import { describe, expect, test } from 'vitest';
import type { Arrival } from '../../../src/event/arrival.ts';
import { createSummary, type PageStyle, renderSummary } from '../../../src/stats/index.ts';
import { widthOf } from '../../../src/terminal/width.ts';

const STYLE: PageStyle = { color: false, columns: 80, rows: 24, unicode: true, utc: true };
const START = Date.UTC(2026, 10, 22, 8);

const aDay = () => {
  const summary = createSummary();
  const types = ['meeting.started', 'meeting.participant_joined', 'meeting.participant_joined', 'evil.\u001b[31m会議'];
  for (let index = 0; index < 4000; index += 1) {
    const at = START + index * 6000 + (index % 500) * 2000;
    const type = types[index % types.length] ?? '';
    const raw = JSON.stringify({ event: type, event_ts: at - (index % 100), n: index });
    summary.add({ kind: 'event', type, raw, receivedAt: at, subscription: '' } satisfies Arrival);
  }
  const object = { from: new Date(START + 3_600_000).toISOString(), to: new Date(START + 4_200_000).toISOString() };
  const raw = JSON.stringify({ payload: { object } });
  summary.add({ kind: 'lifecycle', type: 'zoom_ws.gap', raw, receivedAt: undefined });
  return summary.finish({ total: 12_345, malformedLines: 1 });
};

test.each([
  ['80', STYLE],
  ['120', { ...STYLE, columns: 200 }],
  ['ascii', { ...STYLE, unicode: false }],
])('looks as it looked: %s', async (name, style) => {
  await expect(await renderSummary(aDay(), style)).toMatchFileSnapshot(`summary-page-${name}.golden.txt`);
});

test.each([60, 80, 120])('keeps to %i columns and never sends a control character', async (columns) => {
  const page = await renderSummary(aDay(), { ...STYLE, columns });
  for (const line of page.split('\n')) expect(widthOf(line)).toBeLessThanOrEqual(columns);
  expect(page).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
});

describe('on a terminal of 24 lines', () => {
  const manyTypes = (gaps: number) => {
    const summary = createSummary();
    for (let index = 0; index < 200; index += 1) {
      const type = `family.type_${index % 60}`;
      summary.add({ kind: 'event', type, raw: `{"n":${index}}`, receivedAt: START + index * 1000, subscription: '' });
    }
    for (let index = 0; index < gaps; index += 1) {
      const from = START + index * 3000;
      const object = { from: new Date(from).toISOString(), to: new Date(from + 1000).toISOString() };
      const raw = JSON.stringify({ payload: { object } });
      summary.add({ kind: 'lifecycle', type: 'zoom_ws.gap', raw, receivedAt: undefined });
    }
    return summary.finish({ total: 200, malformedLines: 0 });
  };

  test.each([0, 1, 9])(
    'the page fits with its prompt, whatever it holds, and the summary is last: %i gaps',
    async (gaps) => {
      const lines = (await renderSummary(manyTypes(gaps), STYLE)).trimEnd().split('\n');
      expect(lines.length).toBeLessThanOrEqual(23);
      expect(lines.length).toBeGreaterThan(18);
      expect(lines[0]).toMatch(/^type /);
      expect(lines.at(-5)).toMatch(/^events +200 events/);
      expect(lines.at(-1)).toMatch(/^oddities/);
    },
  );

  test('--top lists as many types as asked for, and sums up the others', async () => {
    const listed = async (top: number | undefined) =>
      (await renderSummary(manyTypes(0), { ...STYLE, top })).match(/^family/gm)?.length;
    expect(await listed(2)).toBe(2);
    expect(await listed(60)).toBe(60);
    const page = await renderSummary(manyTypes(0), { ...STYLE, top: 59 });
    expect(page).toContain('and 1 more type with 3 events');
  });
});

test('is pure ASCII where the locale wants that', async () => {
  const summary = createSummary();
  summary.add({ kind: 'event', type: 'a', raw: '{"event":"a"}', receivedAt: 1, subscription: '' });
  summary.add({ kind: 'event', type: 'a', raw: '{"event":"a","b":1}', receivedAt: 99, subscription: '' });
  expect(await renderSummary(summary.finish({ total: 2, malformedLines: 0 }), { ...STYLE, unicode: false })).toMatch(
    /^[ -~\n]*$/,
  );
});

test('has colour only when asked', async () => {
  expect(await renderSummary(aDay(), { ...STYLE, color: true })).toContain('\u001b[');
  expect(await renderSummary(aDay(), STYLE)).not.toContain('\u001b[');
});

test('gaps are red and their absence green; a type has the colour that it has in tail', async () => {
  const summary = createSummary();
  for (const type of ['meeting.started', 'meeting.alert', 'phone.callee_missed']) {
    summary.add({ kind: 'event', type, raw: `{"event":"${type}"}`, receivedAt: 1, subscription: '' });
  }
  const page = await renderSummary(summary.finish({ total: 3, malformedLines: 1 }), { ...STYLE, color: true });
  expect(page).toContain('\u001b[32mnone');
  expect(page).toContain('\u001b[35mmeeting.started');
  expect(page).toContain('\u001b[31mmeeting.alert');
  expect(page).toContain('\u001b[36mphone.callee_missed');
  expect(page).toMatch(/\u001b\[33m[^\u001b]*1 malformed line/);
  expect(await renderSummary(aDay(), { ...STYLE, color: true })).toMatch(/gaps .*\u001b\[31m\d/);
});

test('says of nothing that it is nothing', async () => {
  expect(await renderSummary(createSummary().finish({ total: 0, malformedLines: 0 }), STYLE)).toBe(
    'events    0 events\nlag       unknown\ngaps      none\noddities  no repeats, none out of order, no malformed lines\n',
  );
});
