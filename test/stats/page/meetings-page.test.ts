import { expect, test } from 'vitest';
import { createMeetings, type PageStyle, renderMeetings } from '../../../src/stats/index.ts';
import { widthOf } from '../../../src/terminal/width.ts';

const STYLE: PageStyle = { color: false, columns: 80, rows: 24, unicode: true, utc: true };
const T = Date.UTC(2026, 10, 22, 10);

const twoMeetings = () => {
  const meetings = createMeetings();
  const add = (type: string, second: number, object: object) =>
    meetings.add({
      kind: 'event',
      type,
      raw: JSON.stringify({ event: type, event_ts: T + second * 1000, payload: { object } }),
      receivedAt: T + second * 1000,
      subscription: '',
    });
  const numbers = { id: '81234567890', uuid: 'u==', host_id: 'h1', topic: 'Quarterly numbers' };
  const hostile = {
    id: '91234567890',
    uuid: 'v==',
    host_id: 'h2\u0007',
    topic: 'evil \u001b]0;x\u0007 会議'.repeat(5),
  };
  const move = (
    kind: 'joined' | 'left',
    second: number,
    meeting: object,
    user: string,
    name: string,
    more: object = {},
  ) =>
    add(`meeting.participant_${kind}`, second, {
      ...meeting,
      participant: { user_id: user, user_name: name, ...more },
    });
  add('meeting.started', 0, numbers);
  move('joined', 5, numbers, '1', 'Ada Lovelace', { id: 'h1' });
  move('joined', 60, numbers, '2', '会議 太郎 とても長い名前です');
  move('left', 600, numbers, '2', '会議 太郎 とても長い名前です');
  move('joined', 900, numbers, '3', '会議 太郎 とても長い名前です');
  move('joined', 1000, numbers, '4', 'Brief');
  move('left', 1001, numbers, '4', 'Brief');
  move('left', 1200, numbers, '5', '\u001b[31mRed');
  move('left', 1790, numbers, '1', 'Ada Lovelace', { id: 'h1' });
  add('meeting.ended', 1800, numbers);
  const object = { from: new Date(T + 1_100_000).toISOString(), to: new Date(T + 1_160_000).toISOString() };
  const raw = JSON.stringify({ payload: { object } });
  meetings.add({ kind: 'lifecycle', type: 'zoom_ws.gap', raw, receivedAt: undefined });
  add('meeting.started', 3600, hostile);
  move('joined', 3700, hostile, '1', '');
  for (let guest = 0; guest < 70; guest += 1) move('joined', 3701 + guest, hostile, `g${guest}`, `Guest ${guest}`);
  return meetings.finish();
};

test.each([
  ['80', STYLE],
  ['ascii', { ...STYLE, unicode: false }],
])('looks as it looked: %s', async (name, style) => {
  await expect(await renderMeetings(twoMeetings(), style)).toMatchFileSnapshot(`meetings-page-${name}.golden.txt`);
});

test.each([60, 80, 120])('draws within %i columns and never sends a control character', async (columns) => {
  const page = await renderMeetings(twoMeetings(), { ...STYLE, columns });
  const drawn = page.split('\n').filter((line) => /━|present/.test(line));
  expect(drawn.length).toBeGreaterThan(10);
  for (const line of drawn) expect(widthOf(line)).toBeLessThanOrEqual(columns);
  expect(page).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
});
