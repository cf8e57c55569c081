import type { SyncConfig } from '../config/config.ts';
import type { Session } from '../sessions/session.ts';
import { attendanceOf } from './attendance.ts';
import { isLeftOut } from './left-out.ts';
import { addressOf, isAddress, type Person } from './person.ts';
import type { Registrant, StayRow } from './stay.ts';

export type PeopleInput = {
  readonly session: Session;
  readonly rows: readonly StayRow[];
  /** The approved ones. */
  readonly registrants: readonly Registrant[];
  /** Addresses of whom Zoom calls absent; undefined: whoever registered and did not come. */
  readonly absentees: ReadonlySet<string> | undefined;
  readonly panelists: ReadonlySet<string>;
};

export type People = {
  readonly people: readonly Person[];
  readonly withoutEmail: number;
  readonly leftOut: number;
};

/** Everybody of a session, each address once, with what is known of them. */
export const peopleOf = (input: PeopleInput, config: Pick<SyncConfig, 'exclude' | 'consent'>): People => {
  const { session, registrants, absentees } = input;
  const byId = new Map(registrants.map((registrant) => [registrant.id, registrant]));
  const byEmail = new Map(registrants.map((registrant) => [addressOf(registrant.email), registrant]));
  byId.delete('');
  const stays = new Map<string, StayRow[]>();
  const nameless = new Set<string>();
  for (const [index, row] of input.rows.entries()) {
    if (row.isWaiting) continue;
    // Whoever registered is known by that address, whatever they joined with.
    const email = addressOf(byId.get(row.registrantId)?.email ?? row.email);
    if (!isAddress(email)) nameless.add(row.name === '' ? `row ${index}` : `name ${row.name}`);
    else stays.set(email, [...(stays.get(email) ?? []), row]);
  }

  const emails = new Set([...stays.keys(), ...[...byEmail.keys()].filter(isAddress), ...(absentees ?? [])]);
  const people: Person[] = [];
  let leftOut = 0;
  for (const email of emails) {
    const rows = stays.get(email);
    const registrant = byEmail.get(email);
    if (isLeftOut({ email, rows: rows ?? [], registrant }, input, config)) leftOut += 1;
    else people.push(personOf(email, rows, registrant, session, absentees));
  }
  return { people, withoutEmail: nameless.size, leftOut };
};

const personOf = (
  email: string,
  rows: readonly StayRow[] | undefined,
  registrant: Registrant | undefined,
  session: Session,
  absentees: ReadonlySet<string> | undefined,
): Person => {
  const registered = [registrant?.firstName, registrant?.lastName].filter(Boolean).join(' ');
  const name = rows?.map((row) => row.name).findLast((text) => text !== '') ?? '';
  const base = { email, name: registered || name, registrant };
  if (rows !== undefined) return { ...base, status: 'attended', ...attendanceOf(rows, session) };
  const isAbsent = absentees === undefined || absentees.has(email);
  const none = { join: undefined, leave: undefined, minutes: undefined, percent: undefined };
  return { ...base, ...none, status: isAbsent ? 'absent' : 'registered' };
};
