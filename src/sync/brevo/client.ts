import * as v from 'valibot';
import { ZoomWsError } from '../../errors.ts';
import type { Called } from '../../http/calls.ts';
import type { BrevoEvent } from '../plan/event.ts';
import type { Value } from '../plan/values.ts';
import { iso } from '../plan/values.ts';
import { account, attributes, contact } from './shapes.ts';
import type { Ask, Transport } from './transport.ts';

export type BrevoClient = ReturnType<typeof createBrevoClient>;

/** Whether something that must not be done twice was done. */
export type Fate = 'sent' | 'unknown';

/** What the sync asks of Brevo. Everything throws `BrevoRefusal`, `NoAnswer`, or `refused` for the key itself. */
export const createBrevoClient = (transport: Transport) => {
  const asked = async (ask: Ask): Promise<Called> => {
    const outcome = await transport(ask);
    // Only what must not be repeated ends like this.
    if (outcome === 'unknown') throw new ZoomWsError('internal', 'A call of unknown fate that may be repeated.');
    return outcome;
  };
  const once = async (ask: Ask): Promise<Fate> =>
    (await transport({ ...ask, once: true })) === 'unknown' ? 'unknown' : 'sent';
  const person = (email: string): string => `/contacts/${encodeURIComponent(email)}?identifierType=email_id`;

  return {
    /** Whose key it is; the cheapest proof that it works. */
    account: async () => read(account, await asked({ method: 'GET', path: '/account' })),
    attributes: async () => read(attributes, await asked({ method: 'GET', path: '/contacts/attributes' })).attributes,
    /** One that exists already is none to complain of. */
    createAttribute: async (name: string, type: 'text' | 'date' | 'float'): Promise<void> => {
      const path = `/contacts/attributes/normal/${encodeURIComponent(name)}`;
      await asked({ method: 'POST', path, body: { type }, takes: [400] });
    },
    hasList: async (id: number): Promise<boolean> =>
      (await asked({ method: 'GET', path: `/contacts/lists/${id}`, takes: [404] })).status !== 404,
    /** Undefined if there is no such contact. */
    contact: async (email: string) => {
      const answer = await asked({ method: 'GET', path: person(email), takes: [404] });
      return answer.status === 404 ? undefined : read(contact, answer);
    },
    /** Idempotent: one that has come into being meanwhile is updated. */
    create: async (
      email: string,
      values: Readonly<Record<string, Value>>,
      listIds: readonly number[],
    ): Promise<void> => {
      const body = { email, attributes: values, ...lists('listIds', listIds), updateEnabled: true };
      await asked({ method: 'POST', path: '/contacts', body });
    },
    /** False if the contact is gone. */
    update: async (
      email: string,
      values: Readonly<Record<string, Value>>,
      listIds: readonly number[],
    ): Promise<boolean> => {
      const body = {
        ...(Object.keys(values).length === 0 ? {} : { attributes: values }),
        ...lists('listIds', listIds),
      };
      return (await asked({ method: 'PUT', path: person(email), body, takes: [404] })).status !== 404;
    },
    askConfirmation: (
      email: string,
      values: Readonly<Record<string, Value>>,
      includeListIds: readonly number[],
      { templateId, redirectUrl }: { readonly templateId: number; readonly redirectUrl: string },
      begin: () => Promise<void>,
    ): Promise<Fate> =>
      once({
        begin,
        method: 'POST',
        path: '/contacts/doubleOptinConfirmation',
        body: { email, attributes: values, includeListIds, templateId, redirectionUrl: redirectUrl },
      }),
    sendEvent: (email: string, { name, at, properties }: BrevoEvent, begin: () => Promise<void>): Promise<Fate> =>
      once({
        begin,
        method: 'POST',
        path: '/events',
        body: {
          event_name: name,
          ...(at === undefined ? {} : { event_date: iso(at) }),
          identifiers: { email_id: email },
          event_properties: properties,
        },
      }),
  };
};

const lists = (key: string, ids: readonly number[]) => (ids.length === 0 ? {} : { [key]: ids });

const read = <Schema extends v.GenericSchema>(schema: Schema, { text, status }: Called): v.InferOutput<Schema> => {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    body = undefined;
  }
  const result = v.safeParse(schema, body);
  if (result.success) return result.output;
  throw new ZoomWsError(
    'unreachable',
    `Brevo answered ${status}, but not as documented: ${v.getDotPath(result.issues[0]) ?? 'no JSON'}.`,
    {
      hint: 'Is --brevo-url (BREVO_API_URL) right, or is a proxy in the way?',
    },
  );
};
