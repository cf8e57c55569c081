import type { Contact } from '../brevo/shapes.ts';
import type { SyncConfig } from '../config/config.ts';
import { NAME_SOURCES } from '../config/sources.ts';
import type { Person } from '../people/person.ts';
import type { Session } from '../sessions/session.ts';
import type { BrevoEvent } from './event.ts';
import { listsOf } from './lists.ts';
import { describesNow, type Known } from './newest.ts';
import { type AttributeTypes, type Value, valuesOf } from './values.ts';

export type Action = 'create' | 'update' | 'unchanged' | 'skip' | 'confirm';

/** What is to be done for one person of one session. */
export type PersonPlan = {
  readonly action: Action;
  /** What is written; only what differs. */
  readonly attributes: Readonly<Record<string, Value>>;
  readonly lists: readonly number[];
  /** The events to send, before it is known which were. */
  readonly events: readonly BrevoEvent[];
  /** Why nothing is done, or no event sent. */
  readonly reason: string | null;
  readonly isBlocklisted: boolean;
  readonly isDeleted: boolean;
  /** What the ledger is to know of the contact once it is written. */
  readonly known: Known;
};

export type PlanInput = {
  readonly person: Person;
  readonly session: Session;
  /** How this session stands among those that attributes can describe. */
  readonly place: Known;
  readonly events: readonly BrevoEvent[];
  /** As Brevo has it; undefined: there is none. */
  readonly contact: Contact | undefined;
  readonly known: Known | undefined;
  /** Whether this person was asked for confirmation before. */
  readonly isAsked: boolean;
};

export type PlanRules = {
  readonly config: SyncConfig;
  readonly types: AttributeTypes;
  readonly recreate: boolean;
};

/** Decides what is to be done, from what is known. Pure: a dry run ends with this. */
export const planPerson = (input: PlanInput, { config, types, recreate }: PlanRules): PersonPlan => {
  const { person, session, place, contact, known } = input;
  const describes = describesNow(place, known);
  const lists = listsOf(person, session, config);
  const values = describes ? valuesOf(person, session, config, types) : {};
  const base = {
    attributes: {},
    lists: [],
    events: [],
    reason: null,
    isBlocklisted: false,
    isDeleted: false,
    known: describes || known === undefined ? place : known,
  };
  if (contact === undefined) {
    const skip = (reason: string, isDeleted = false): PersonPlan => ({ ...base, action: 'skip', reason, isDeleted });
    if (known !== undefined && !recreate) return skip('deleted in Brevo', true);
    if (config.contacts === 'existing') return skip('not in Brevo, and contacts: existing');
    // Whoever was never there and has cancelled is nobody to write to.
    if (person.status === 'cancelled') return skip('cancelled before it was synced');
    const attributes = config.names === 'never' ? withoutNames(values, config) : values;
    if (config.doubleOptIn === undefined) return { ...base, action: 'create', attributes, lists, events: input.events };
    if (input.isAsked) return skip('waiting for confirmation');
    if (lists.length === 0) return skip('double_opt_in needs a list, and there is none for this part');
    return { ...base, action: 'confirm', attributes, lists, reason: 'confirmation is asked for' };
  }
  const attributes = differing(values, contact, config, types);
  const missing = lists.filter((id) => !contact.listIds.includes(id));
  const isUnchanged = missing.length === 0 && Object.keys(attributes).length === 0;
  return {
    ...base,
    action: isUnchanged ? 'unchanged' : 'update',
    attributes,
    lists: missing,
    events: contact.emailBlacklisted ? [] : input.events,
    reason: contact.emailBlacklisted ? 'blocklisted' : null,
    isBlocklisted: contact.emailBlacklisted,
  };
};

type Values = Readonly<Record<string, Value>>;

const nameAttributes = ({ mapping }: SyncConfig): ReadonlySet<string> =>
  new Set(mapping.filter(({ source }) => NAME_SOURCES.has(source)).map(({ attribute }) => attribute));

const withoutNames = (values: Values, config: SyncConfig): Values => {
  const names = nameAttributes(config);
  return Object.fromEntries(Object.entries(values).filter(([attribute]) => !names.has(attribute)));
};

const differing = (values: Values, contact: Contact, config: SyncConfig, types: AttributeTypes): Values => {
  const names = nameAttributes(config);
  return Object.fromEntries(
    Object.entries(values).filter(([attribute, value]) => {
      const there = contact.attributes[attribute];
      const isEmpty = there === undefined || there === null || there === '';
      if (names.has(attribute) && (config.names === 'never' || (config.names === 'fill' && !isEmpty))) return false;
      return isEmpty || !isSame(there, value, types.get(attribute));
    }),
  );
};

/** Brevo may give a number as text, and a day as an instant. */
const isSame = (there: unknown, value: Value, type: string | undefined): boolean => {
  if (type === 'date') return String(there).slice(0, 10) === String(value).slice(0, 10);
  return typeof value === 'number' ? Number(there) === value : String(there) === value;
};
