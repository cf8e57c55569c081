import { Brevo, BrevoClient, BrevoError } from '@getbrevo/brevo';
import { expect, test } from 'vitest';
import { startZoom } from '../../support/zoom.ts';

const clientOf = (url: string, apiKey = 'xkeysib-anything') => new BrevoClient({ apiKey, baseUrl: url, maxRetries: 0 });

test("Brevo's own client writes, reads and deletes contacts", async () => {
  const zoom = await startZoom();
  const brevo = clientOf(zoom.settings.BREVO_API_URL);
  const contact = { email: 'Ada@example.com', attributes: { FIRSTNAME: 'Ada' }, listIds: [15], updateEnabled: true };
  expect(await brevo.contacts.createContact(contact)).toMatchObject({ id: 1 });
  await brevo.contacts.createContact({ ...contact, listIds: [16] });
  await brevo.contacts.updateContact({ identifier: 'ada@example.com', attributes: { MEETING_DURATION: 42.5 } });
  expect(await brevo.contacts.getContactInfo({ identifier: 'ada@example.com' })).toMatchObject({
    email: 'ada@example.com',
    listIds: [15, 16],
    attributes: { FIRSTNAME: 'Ada', MEETING_DURATION: 42.5 },
  });
  await brevo.contacts.deleteContact({ identifier: 'ada@example.com' });
  await expect(brevo.contacts.getContactInfo({ identifier: 'ada@example.com' })).rejects.toThrow(Brevo.NotFoundError);
});

test("Brevo's own client finds lists and attributes, and makes attributes", async () => {
  const zoom = await startZoom();
  const brevo = clientOf(zoom.settings.BREVO_API_URL);
  expect((await brevo.contacts.getLists({ limit: 50 })).lists?.map(({ id }) => id)).toEqual([15, 16, 17]);
  expect(await brevo.contacts.getList({ listId: 16 })).toMatchObject({ name: 'Webinar attendees' });
  await expect(brevo.contacts.getList({ listId: 99 })).rejects.toThrow(Brevo.NotFoundError);
  const attribute = { attributeCategory: 'normal', attributeName: 'COMPANY', type: 'text' } as const;
  await brevo.contacts.createAttribute(attribute);
  await expect(brevo.contacts.createAttribute(attribute)).rejects.toThrow(BrevoError);
  const { attributes } = await brevo.contacts.getAttributes();
  expect(attributes).toContainEqual({ name: 'COMPANY', category: 'normal', type: 'text' });
});

test("Brevo's own client sends events and asks for confirmation", async () => {
  const zoom = await startZoom();
  const brevo = clientOf(zoom.settings.BREVO_API_URL);
  await brevo.event.createEvent({ event_name: 'zoom_meeting_attended', identifiers: { email_id: 'ada@example.com' } });
  expect(zoom.brevo.events).toMatchObject([{ name: 'zoom_meeting_attended', email: 'ada@example.com' }]);
  const named = brevo.event.createEvent({ event_name: 'meeting.ended', identifiers: { email_id: 'ada@example.com' } });
  await expect(named).rejects.toThrow(BrevoError);
  const wish = { email: 'eve@example.com', includeListIds: [17], templateId: 2, redirectionUrl: 'https://example.com' };
  await brevo.contacts.createDoiContact(wish);
  expect(zoom.brevo.asked).toEqual([{ email: 'eve@example.com', listIds: [17] }]);
});

test("Brevo's own client hears of a wrong key", async () => {
  const zoom = await startZoom();
  const brevo = clientOf(zoom.settings.BREVO_API_URL, 'xsmtpsib-mail');
  await expect(brevo.account.getAccount()).rejects.toMatchObject({ statusCode: 401 });
});

test('more calls in a second than the limit are answered 429, and the headers tell', async () => {
  const zoom = await startZoom({ rules: { brevoPerSecond: 3 } });
  const ask = () => fetch(`${zoom.settings.BREVO_API_URL}/contacts/lists`, { headers: { 'api-key': 'xkeysib-x' } });
  const answers = await Promise.all([ask(), ask(), ask(), ask()]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 429]);
  expect(answers[0]?.headers.get('x-sib-ratelimit-limit')).toBe('3');
  expect(answers[0]?.headers.get('x-sib-ratelimit-reset')).toBe('1');
});
