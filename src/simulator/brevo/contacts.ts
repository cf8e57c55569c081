import type { Answer } from '../../serve/answer.ts';
import { invalid, json, missing, NO_CONTACT, NOTHING, refusal } from './answers.ts';
import type { BrevoContact, BrevoStore } from './store.ts';

export type Body = Readonly<Record<string, unknown>>;

const addressIn = (value: unknown): string | undefined =>
  typeof value === 'string' && /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value) ? value.trim().toLowerCase() : undefined;

const numbersIn = (value: unknown): readonly number[] | undefined => {
  if (value === undefined) return [];
  return Array.isArray(value) && value.every((each) => Number.isInteger(each)) ? (value as number[]) : undefined;
};

/** What is wrong with a body, or what is to be written. */
const readWrite = (body: Body, { lists, attributes: known }: BrevoStore, listKey: string) => {
  const listIds = numbersIn(body[listKey]);
  if (listIds === undefined) return invalid(`${listKey} should be an array of integers`);
  const stranger = listIds.find((id) => !lists.has(id));
  if (stranger !== undefined) return invalid(`Invalid list id ${stranger}`);
  const attributes = (body.attributes ?? {}) as Body;
  if (typeof attributes !== 'object' || Array.isArray(attributes)) return invalid('attributes should be an object');
  const unknown = Object.keys(attributes).find((name) => name !== 'EMAIL' && !known.has(name));
  if (unknown !== undefined) return invalid(`Invalid attribute ${unknown}`);
  return { listIds, attributes };
};

const isAnswer = (value: object): value is Answer => 'status' in value;

export const newContact = (store: BrevoStore, email: string, now: string): BrevoContact => {
  const contact = {
    id: store.nextId,
    email,
    attributes: {},
    listIds: new Set<number>(),
    emailBlacklisted: false,
    createdAt: now,
    modifiedAt: now,
  };
  store.nextId += 1;
  store.contacts.set(email, contact);
  return contact;
};

const write = (
  contact: BrevoContact,
  { listIds, attributes }: { readonly listIds: readonly number[]; readonly attributes: Body },
  { attributes: known }: BrevoStore,
  now: string,
): void => {
  for (const [name, value] of Object.entries(attributes)) {
    const type = known.get(name)?.type;
    // What does not fit its attribute is ignored silently [Brevo's guide].
    if (type === 'float' && Number.isNaN(Number(value))) continue;
    if (type === 'date' && !/^\d{4}-\d\d-\d\d$/.test(String(value))) continue;
    contact.attributes[name] = value;
  }
  for (const id of listIds) contact.listIds.add(id);
  contact.modifiedAt = now;
};

/** `POST /contacts` */
export const createContact = (store: BrevoStore, body: Body, now: string): Answer => {
  const email = addressIn(body.email);
  if (body.email === undefined) return missing('email is missing');
  if (email === undefined) return invalid('email is not valid in body');
  const wanted = readWrite(body, store, 'listIds');
  if (isAnswer(wanted)) return wanted;
  const known = store.contacts.get(email);
  if (known !== undefined && body.updateEnabled !== true) {
    const message = 'Unable to create contact, email is already associated with another Contact';
    return refusal(400, 'duplicate_parameter', message, { metadata: { duplicate_identifiers: ['email'] } });
  }
  const contact = known ?? newContact(store, email, now);
  write(contact, wanted, store, now);
  if (typeof body.emailBlacklisted === 'boolean') contact.emailBlacklisted = body.emailBlacklisted;
  return known === undefined ? json(201, { id: contact.id }) : NOTHING;
};

/** The contact that a path names: by address or number. */
export const findContact = (
  { contacts }: BrevoStore,
  identifier: string,
  type: string | null,
): BrevoContact | undefined => {
  if (type === 'contact_id' || (type === null && /^\d+$/.test(identifier))) {
    return [...contacts.values()].find(({ id }) => String(id) === identifier);
  }
  return contacts.get(identifier.trim().toLowerCase());
};

/** `PUT /contacts/{identifier}` */
export const updateContact = (
  store: BrevoStore,
  contact: BrevoContact | undefined,
  body: Body,
  now: string,
): Answer => {
  if (contact === undefined) return NO_CONTACT;
  const wanted = readWrite(body, store, 'listIds');
  if (isAnswer(wanted)) return wanted;
  write(contact, wanted, store, now);
  for (const id of numbersIn(body.unlinkListIds) ?? []) contact.listIds.delete(id);
  if (typeof body.emailBlacklisted === 'boolean') contact.emailBlacklisted = body.emailBlacklisted;
  return NOTHING;
};

/** `GET /contacts/{identifier}` */
export const showContact = (contact: BrevoContact | undefined): Answer =>
  contact === undefined ? NO_CONTACT : json(200, shown(contact));

export const shown = ({ listIds, ...rest }: BrevoContact) => ({
  ...rest,
  smsBlacklisted: false,
  listIds: [...listIds],
  statistics: {},
});

/** `POST /contacts/doubleOptinConfirmation` */
export const askConfirmation = (store: BrevoStore, body: Body): Answer => {
  const email = addressIn(body.email);
  const wanted = readWrite(body, store, 'includeListIds');
  if (email === undefined) return invalid('email is not valid in body');
  if (isAnswer(wanted)) return wanted;
  if (wanted.listIds.length === 0) return missing('includeListIds is missing');
  if (!Number.isInteger(body.templateId)) return missing('templateId is missing');
  if (typeof body.redirectionUrl !== 'string') return missing('redirectionUrl is missing');
  store.asked.push({ email, listIds: wanted.listIds });
  return { status: 201, body: '' };
};
