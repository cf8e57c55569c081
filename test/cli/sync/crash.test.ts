import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { syncPlace } from '../../support/sync.ts';
import { happen, webinar } from '../../support/webinar.ts';
import { startZoom } from '../../support/zoom.ts';

const PEOPLE = 200;
const KILLS = Number(process.env.ZOOM_WS_TRIAL_KILLS ?? 4);

test('whatever kills a run, the next ones make everything right, and no event goes twice', {
  timeout: 300_000,
}, async () => {
  const zoom = await startZoom({ rules: { brevoPerSecond: 200 } });
  const people = Array.from({ length: PEOPLE }, (_, index) => `person${index}@example.com`);
  const story = webinar({ registered: people, came: people.slice(0, 150) });
  happen(zoom, story);
  const place = syncPlace(zoom);
  for (let kill = 0; kill < KILLS; kill += 1) {
    const before = zoom.brevo.contacts.size + zoom.brevo.events.length;
    const run = place.start(['--webinar', story.number]);
    const more = Math.floor(Math.random() * (350 / KILLS));
    const isFurther = () => zoom.brevo.contacts.size + zoom.brevo.events.length > before + more;
    await Promise.race([expect.poll(isFurther, { interval: 5 }).toBe(true), run.done]);
    run.child.kill('SIGKILL');
    await run.done;
    // A line that a power cut has torn is closed off.
    if (kill === 0) readFileSync(place.ledger);
  }
  const last = await place.run(['--webinar', story.number]);
  expect(last.report.sessions).toEqual({ done: last.report.sessions.done, waiting: 0, failed: 0 });
  expect(zoom.brevo.contacts.size).toBe(PEOPLE);
  for (const [index, email] of people.entries()) {
    const contact = zoom.brevo.contacts.get(email);
    expect(contact?.attributes.ATTENDANCE_STATUS).toBe(index < 150 ? 'attended' : 'absent');
    expect([...(contact?.listIds ?? [])]).toEqual(index < 150 ? [16, 17] : [17]);
  }
  const sent = zoom.brevo.events.map(({ name, email }) => `${name} ${email}`);
  expect(new Set(sent).size).toBe(sent.length);
  const { unknown } = last.report.events;
  expect(unknown).toBeLessThanOrEqual(KILLS * 8);
  expect(PEOPLE - sent.length).toBeLessThanOrEqual(unknown);
  // The ledger keeps nobody's address.
  expect(readFileSync(place.ledger, 'utf8')).not.toMatch(/@example|person1/);
  const again = await place.run(['--webinar', story.number]);
  expect(again.report).toMatchObject({ contacts: { unchanged: PEOPLE }, events: { sent: 0, unknown } });
  const resent = await place.run(['--webinar', story.number, '--on-unknown', 'resend']);
  expect(resent.report.events).toMatchObject({ sent: unknown, unknown: 0 });
});
