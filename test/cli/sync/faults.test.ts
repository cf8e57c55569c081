import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { syncPlace } from '../../support/sync.ts';
import { happen, linesOf, webinar } from '../../support/webinar.ts';
import { startZoom } from '../../support/zoom.ts';

const ADA = 'ada@example.com';
const BOB = 'bob@example.com';
const told = () => webinar({ registered: [ADA, BOB], came: [ADA] });
const start = async () => {
  const zoom = await startZoom({ rules: { brevoPerSecond: 100 } });
  const story = told();
  happen(zoom, story);
  return { zoom, story, place: syncPlace(zoom) };
};

test.each(['brevo-425', 'brevo-429', 'zoom-429'] as const)(
  '%s passes: everything is done in the end',
  async (fault) => {
    const { zoom, story, place } = await start();
    zoom.fault(fault);
    const { status, report } = await place.run(['--webinar', story.number]);
    expect(report).toMatchObject({ contacts: { created: 2 }, events: { sent: 2, unknown: 0 }, failures: [] });
    expect(status).toBe(0);
  },
);

test('a session that is not counted yet is left to the next run, which takes it up unasked', async () => {
  const { zoom, story, place } = await start();
  zoom.fault('not-ready');
  const first = await place.run(['--webinar', story.number, '--max-wait', '1s']);
  expect(first.status).toBe(1);
  expect(first.stderr).toContain('is not ready: Zoom has not counted it yet; it is left to the next run');
  expect(first.report.sessions).toEqual({ done: 0, waiting: 1, failed: 0 });
  zoom.clearFaults();
  const next = await place.run(['--webinar', story.number]);
  expect(next.stderr).toContain('resuming what an earlier run has left: 1 session');
  expect(next.report).toMatchObject({ ok: true, contacts: { created: 2 } });
});

test("Zoom's limit of the day ends a backfill, which says when it ends", async () => {
  const { zoom, story, place } = await start();
  zoom.fault('zoom-daily');
  const { status, stderr, report } = await place.run(['--webinar', story.number]);
  expect(status).toBe(1);
  expect(stderr).toMatch(/daily limit is used up.* before \d{4}-\d\d-\d\dT00:00:00.000Z/);
  expect(report.ok).toBe(false);
});

test('a missing scope is named; with events at hand, attendance is taken from them', async () => {
  const { zoom, story, place } = await start();
  zoom.fault('no-scope');
  const named = await place.run(['--webinar', story.number]);
  expect(named.status).toBe(1);
  expect(named.report.failures).toMatchObject([{ stage: 'zoom', code: '4711', contact: null }]);
  expect(named.stderr).toContain('meeting:read:list_past_participants:admin');
  const told = await place.run(['--from', '-'], { input: linesOf(story) });
  expect(told.stderr).toContain('attendance is taken from the events');
  expect(told.report.people).toMatchObject({ attended: 1, absent: 1, registered: 2 });
});

test('a refused key is exit 3, and names the list of allowed addresses', async () => {
  const { zoom, story, place } = await start();
  zoom.fault('brevo-401');
  const { status, stderr } = await place.run(['--webinar', story.number]);
  expect(status).toBe(3);
  expect(stderr).toContain('allowed IP addresses');
  expect(stderr).not.toContain(zoom.settings.BREVO_API_KEY);
});

test('a refused token is renewed once, and then exit 3', async () => {
  const { zoom, story, place } = await start();
  zoom.fault('reject-token');
  const { status } = await place.run(['--webinar', story.number]);
  expect(status).toBe(3);
  expect(zoom.heard.tokenRequests).toHaveLength(2);
});

test('an event that is never answered is of unknown fate: exit 1 once, and counted while it is open', async () => {
  const { zoom, story, place } = await start();
  zoom.fault('brevo-timeout');
  const first = await place.run(['--webinar', story.number]);
  expect(first.status).toBe(1);
  expect(first.report).toMatchObject({
    events: { sent: 1, unknown: 1 },
    failures: [{ stage: 'event', code: 'unknown' }],
  });
  const next = await place.run(['--webinar', story.number]);
  expect(next.status).toBe(0);
  expect(next.report.events).toEqual({ sent: 0, already_sent: 1, unknown: 1, failed: 0 });
  expect(zoom.brevo.events).toHaveLength(2);
});

test('two runs with one ledger: the second is told, and ends with 1', async () => {
  const { story, place } = await start();
  const first = place.start(['--from', '-', '--settle', '60s'], {
    input: linesOf(webinar({ uuid: 'late==', came: [ADA], endedAgoMs: 0 })),
  });
  await expect.poll(() => existsSync(`${place.ledger}.lock`)).toBe(true);
  const second = await place.run(['--webinar', story.number]);
  expect(second.status).toBe(1);
  expect(second.stderr).toContain('Another process syncs with the ledger');
  first.child.kill('SIGINT');
  expect((await first.done).status).toBe(130);
});
