import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { runCli } from '../../support/run-cli.ts';
import { syncPlace } from '../../support/sync.ts';
import { happen, linesOf, webinar } from '../../support/webinar.ts';
import { startZoom } from '../../support/zoom.ts';

const REGISTERED = ['ada@example.com', 'bob@example.com', 'eve@example.com'];
const told = () => webinar({ registered: REGISTERED, came: ['Ada@Example.com', 'bob@example.com'], guests: 1 });

test('a past webinar becomes contacts, lists and events', async () => {
  const zoom = await startZoom({ rules: { brevoPerSecond: 100 } });
  const story = told();
  happen(zoom, story);
  const { status, lines, report, stderr } = await syncPlace(zoom).run(['--webinar', story.number]);
  expect(stderr).toContain('1 guest without e-mail: require registration');
  expect(status).toBe(0);
  expect(lines.map(({ contact, action, status, lists, event }) => ({ contact, action, status, lists, event }))).toEqual(
    expect.arrayContaining([
      {
        contact: 'a***@example.com',
        action: 'create',
        status: 'attended',
        lists: [16, 17],
        event: 'zoom_webinar_attended',
      },
      { contact: 'e***@example.com', action: 'create', status: 'absent', lists: [17], event: 'zoom_webinar_missed' },
    ]),
  );
  expect(report).toMatchObject({ ok: true, people: { attended: 2, absent: 1, without_email: 1 }, events: { sent: 3 } });
  const ada = zoom.brevo.contacts.get('ada@example.com');
  expect(ada?.attributes).toMatchObject({
    FIRSTNAME: 'First0 Last0',
    WEBINAR_NAME: 'Launch',
    ATTENDANCE_STATUS: 'attended',
    MEETING_DURATION: 60,
    UTM_SOURCE: 'Newsletter',
    MEETING_JOIN_DATE: new Date(story.start).toISOString().slice(0, 10),
  });
  expect([...(ada?.listIds ?? [])]).toEqual([16, 17]);
});

test('the same run again writes nothing', async () => {
  const zoom = await startZoom({ rules: { brevoPerSecond: 100 } });
  const story = webinar({ registered: REGISTERED, came: REGISTERED, withRecording: true });
  happen(zoom, story);
  const place = syncPlace(zoom);
  const first = await place.run(['--webinar', story.number]);
  expect(first.report.events.sent).toBe(6);
  const written = JSON.stringify([...zoom.brevo.contacts.values()]);
  const again = await place.run(['--webinar', story.number]);
  expect(again.status).toBe(0);
  expect(again.report).toMatchObject({ contacts: { unchanged: 3 }, events: { sent: 0, already_sent: 6 } });
  expect(JSON.stringify([...zoom.brevo.contacts.values()])).toBe(written);
  expect(zoom.brevo.events).toHaveLength(6);
});

test('a dry run writes neither Brevo nor the ledger, and prints the plan', async () => {
  const zoom = await startZoom({ rules: { brevoPerSecond: 100 } });
  happen(zoom, told());
  const place = syncPlace(zoom);
  const { status, lines, report } = await place.run(['--webinar', '94498220792', '--dry-run']);
  expect(status).toBe(0);
  expect(lines.map(({ action }) => action)).toEqual(['create', 'create', 'create']);
  expect(report).toMatchObject({ dry_run: true, contacts: { created: 3 } });
  expect(zoom.brevo.contacts.size + zoom.brevo.events.length).toBe(0);
  expect(existsSync(place.ledger)).toBe(false);
});

test('events alone are enough, and Zoom is asked for nothing', async () => {
  const zoom = await startZoom({ rules: { brevoPerSecond: 100 } });
  const place = syncPlace(zoom);
  const input = linesOf(told());
  const { status, report } = await place.run(['--from', '-', '--attendance', 'events'], { input });
  expect(status).toBe(0);
  expect(report).toMatchObject({ people: { attended: 2, registered: 3, absent: 1 }, events: { sent: 6 } });
  expect(zoom.heard.tokenRequests).toEqual([]);
  // A look-up later finds the same people, and sends nothing again.
  happen(zoom, told());
  const again = await place.run(['--webinar', '94498220792']);
  expect(again.report).toMatchObject({ contacts: { unchanged: 3 }, events: { sent: 0, already_sent: 3 } });
});

test('the demo needs no account', async () => {
  const { status, stdout, stderr } = await runCli(['sync', 'brevo', '--demo']);
  expect(stderr).toMatch(/events: \d+ sent/);
  expect(stdout).toContain('"event":"zoom_webinar_attended"');
  expect(status).toBe(0);
});

test('whoever asks to sync elsewhere is told what there is', async () => {
  const { status, stderr } = await runCli(['sync', 'hubspot']);
  expect(status).toBe(2);
  expect(stderr).toContain('there is nothing to sync to but brevo');
});
