import type { Answer, Asked } from '../../serve/answer.ts';
import { invalid, json, missing, NO_CONTACT, NO_LIST, NOTHING, refusal } from './answers.ts';
import {
  askConfirmation,
  type Body,
  createContact,
  findContact,
  showContact,
  shown,
  updateContact,
} from './contacts.ts';
import type { BrevoStore } from './store.ts';

export type Route = (asked: { readonly id: string; readonly body: Body; readonly query: Asked['query'] }) => Answer;

const NAME = /^[A-Za-z0-9_-]{1,255}$/;
const LARGEST_PROPERTIES = 50 * 1024;

/** `POST /events` */
const takeEvent = (store: BrevoStore, body: Body, now: string): Answer => {
  const name = body.event_name;
  if (typeof name !== 'string') return missing('event_name is missing');
  if (!NAME.test(name)) return invalid('event_name should contain only alphanumeric characters, - and _');
  const { email_id: email, contact_id: id } = (body.identifiers ?? {}) as Body;
  if (email === undefined && id === undefined) return missing('identifiers is missing');
  const properties = (body.event_properties ?? {}) as Body;
  if (JSON.stringify(properties).length > LARGEST_PROPERTIES) return invalid('event_properties is too large');
  if (Object.keys(properties).some((key) => !NAME.test(key))) return invalid('event_properties has an invalid key');
  const date = typeof body.event_date === 'string' ? body.event_date : now;
  if (Number.isNaN(Date.parse(date))) return invalid('event_date is not valid');
  const address =
    typeof email === 'string' ? email.toLowerCase() : (findContact(store, String(id), 'contact_id')?.email ?? '');
  store.events.push({ name, email: address, date, properties });
  return NOTHING;
};

const TYPES: ReadonlySet<unknown> = new Set(['text', 'date', 'float', 'boolean', 'multiple-choice', 'user']);

const listOf = (store: BrevoStore, id: number, name: string) => ({
  id,
  name,
  folderId: 1,
  totalBlacklisted: 0,
  uniqueSubscribers: [...store.contacts.values()].filter(({ listIds }) => listIds.has(id)).length,
});

/** Every call that the stand-in knows: method, path (one part of it in parentheses), what it does. */
export const routesOf = (
  store: BrevoStore,
  now: () => string,
): readonly (readonly [method: string, path: RegExp, route: Route])[] => [
  [
    'GET',
    /^\/account$/,
    () =>
      json(200, {
        organization_id: 'simulated-organization-01',
        email: 'owner@example.com',
        companyName: 'Simulated Company',
        firstName: 'Ada',
        lastName: 'Example',
        plan: [{ type: 'free', credits: 300, creditsType: 'sendLimit' }],
        relay: { enabled: false, data: { userName: '', relay: '', port: 0 } },
      }),
  ],
  ['GET', /^\/contacts\/attributes$/, () => json(200, { attributes: [...store.attributes.values()] })],
  [
    'POST',
    /^\/contacts\/attributes\/normal\/([^/]+)$/,
    ({ id, body }) => {
      if (!/^[A-Z0-9_]+$/.test(id)) return invalid('Attribute name should be upper case letters, digits and _');
      if (!TYPES.has(body.type)) return invalid('type is not valid');
      if (store.attributes.has(id)) return refusal(400, 'duplicate_parameter', 'Attribute name must be unique');
      store.attributes.set(id, { name: id, category: 'normal', type: String(body.type) });
      return { status: 201, body: '' };
    },
  ],
  [
    'GET',
    /^\/contacts\/lists$/,
    ({ query }) => {
      const lists = [...store.lists].map(([id, name]) => listOf(store, id, name));
      const from = Number(query.get('offset') ?? 0);
      return json(200, { lists: lists.slice(from, from + Number(query.get('limit') ?? 10)), count: lists.length });
    },
  ],
  [
    'GET',
    /^\/contacts\/lists\/(\d+)$/,
    ({ id }) => {
      const name = store.lists.get(Number(id));
      return name === undefined ? NO_LIST : json(200, { ...listOf(store, Number(id), name), totalSubscribers: 0 });
    },
  ],
  ['POST', /^\/contacts\/doubleOptinConfirmation$/, ({ body }) => askConfirmation(store, body)],
  ['POST', /^\/contacts$/, ({ body }) => createContact(store, body, now())],
  [
    'GET',
    /^\/contacts$/,
    ({ query }) => {
      const contacts = [...store.contacts.values()].map(shown);
      const from = Number(query.get('offset') ?? 0);
      return json(200, {
        contacts: contacts.slice(from, from + Number(query.get('limit') ?? 50)),
        count: contacts.length,
      });
    },
  ],
  ['GET', /^\/contacts\/([^/]+)$/, ({ id, query }) => showContact(findContact(store, id, query.get('identifierType')))],
  [
    'PUT',
    /^\/contacts\/([^/]+)$/,
    ({ id, body, query }) => updateContact(store, findContact(store, id, query.get('identifierType')), body, now()),
  ],
  [
    'DELETE',
    /^\/contacts\/([^/]+)$/,
    ({ id, query }) => {
      const contact = findContact(store, id, query.get('identifierType'));
      if (contact === undefined) return NO_CONTACT;
      store.contacts.delete(contact.email);
      return NOTHING;
    },
  ],
  ['POST', /^\/events$/, ({ body }) => takeEvent(store, body, now())],
];
