import { ZoomWsError } from '../../errors.ts';
import type { BrevoClient } from '../brevo/client.ts';
import type { Attribute } from '../brevo/shapes.ts';
import type { SyncConfig } from '../config/config.ts';
import { kindOfSource, type Mapping } from '../config/sources.ts';
import type { AttributeTypes } from '../plan/values.ts';

export type NewAttribute = { readonly name: string; readonly type: 'text' | 'date' | 'float' };

/** What Brevo has of what the settings name. */
export type Inventory = {
  readonly types: AttributeTypes;
  readonly missing: readonly NewAttribute[];
  /** What does not fit, each a whole sentence; missing attributes are not among them. */
  readonly complaints: readonly string[];
};

const LIST_NAMES = {
  meetingParticipants: 'lists.meeting_participants',
  webinarAttendees: 'lists.webinar_attendees',
  webinarRegistrants: 'lists.webinar_registrants',
} as const;

/** Looks at lists and attributes. Writes nothing. */
export const takeInventory = async (brevo: BrevoClient, config: SyncConfig): Promise<Inventory> => {
  const complaints = await listComplaints(brevo, config);
  const there = new Map((await brevo.attributes()).map((attribute) => [attribute.name, attribute]));
  const types = new Map([...there.values()].map(({ name, type }) => [name, type]));
  const missing = new Map<string, NewAttribute>();
  for (const mapping of config.mapping) {
    const attribute = there.get(mapping.attribute);
    if (attribute === undefined) missing.set(mapping.attribute, { name: mapping.attribute, type: typeFor(mapping) });
    else complaints.push(...misfit(mapping, attribute));
  }
  return { types, missing: [...missing.values()], complaints };
};

export const listComplaints = async (brevo: BrevoClient, { lists }: Pick<SyncConfig, 'lists'>): Promise<string[]> => {
  const complaints: string[] = [];
  for (const [key, name] of Object.entries(LIST_NAMES) as [keyof typeof LIST_NAMES, string][]) {
    const id = lists[key];
    if (id !== undefined && !(await brevo.hasList(id))) complaints.push(`${name}: Brevo has no list ${id}.`);
  }
  return complaints;
};

/** The type that a missing attribute is given. */
const typeFor = ({ source, attribute }: Mapping): NewAttribute['type'] => {
  if (attribute === 'MEETING_JOIN_DATE') return 'date';
  return kindOfSource(source) === 'number' ? 'float' : 'text';
};

/** Which types of Brevo's can hold a value of each kind. */
const HOLDS = { text: ['text'], number: ['float', 'text'], time: ['date', 'text'] } as const;

const misfit = ({ source, attribute }: Mapping, { type, category }: Attribute): readonly string[] => {
  const holds: readonly string[] = HOLDS[kindOfSource(source)];
  if (category !== 'normal') {
    return [`The attribute ${attribute} is of the category ${category}, and cannot hold "${source}": expected normal.`];
  }
  if (holds.includes(type)) return [];
  return [
    `The attribute ${attribute} is of the type ${type}, and cannot hold "${source}": expected ${holds.join(' or ')}.`,
  ];
};

/**
 * The types of all attributes, once everything that the settings name is there. Throws `settings` with all that is not;
 * with `creates`, missing attributes are made first (in a dry run, only thought of).
 */
export const prepare = async (
  brevo: BrevoClient,
  config: SyncConfig,
  {
    creates,
    isDry,
    onCreate,
  }: { readonly creates: boolean; readonly isDry: boolean; readonly onCreate: (attribute: NewAttribute) => void },
): Promise<AttributeTypes> => {
  const { types, missing, complaints } = await takeInventory(brevo, config);
  const all = [
    ...complaints,
    ...(creates ? [] : missing.map(({ name, type }) => `Brevo has no attribute ${name} (${type}).`)),
  ];
  if (all.length > 0) {
    const [only = '', ...more] = all;
    throw new ZoomWsError(
      'settings',
      more.length === 0 ? only : `${all.length} things in Brevo need a look:\n${all.join('\n')}`,
      {
        hint:
          missing.length > 0 && !creates
            ? '--create-attributes creates missing attributes; nothing was written.'
            : 'Correct the file or the account; nothing was written.',
      },
    );
  }
  for (const attribute of missing) {
    onCreate(attribute);
    if (!isDry) await brevo.createAttribute(attribute.name, attribute.type);
  }
  return new Map([...types, ...missing.map(({ name, type }) => [name, type] as const)]);
};
