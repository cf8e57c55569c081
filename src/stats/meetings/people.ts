import type { EpochMs } from '../../time/clock.ts';
import { personKeys } from './identity.ts';
import { type Stay, stayMs } from './stays.ts';

/** A person with all stays in one meeting, in the order of coming. */
export type Person = {
  readonly name: string;
  readonly email: string;
  readonly id: string;
  readonly phone: string;
  readonly stays: readonly Stay[];
  /** How long the person was there at all: two devices at once count once. Undefined where no stay has both ends. */
  readonly presentMs: number | undefined;
};

/**
 * Sorts stays, given in the order of their beginnings, by person: whoever shares an id, an e-mail or another lasting sign is one. Someone without such a sign is known by name
 * alone; two of one name at the same time are two people, one after the other they are taken for one.
 */
export const peopleOf = (stays: readonly Stay[], until: EpochMs): readonly Person[] => {
  const groups: Stay[][] = [];
  const known = new Map<string, Stay[]>();
  const byName = new Map<string, Stay[][]>();
  for (const stay of stays) {
    const keys = personKeys(stay.participant);
    const { name } = stay.participant;
    const sharing = keys.map((key) => known.get(key)).find((group) => group !== undefined);
    const byNameAlone = keys.length === 0 && name !== '';
    const namesakes = (byNameAlone && byName.get(name)) || [];
    const free = namesakes.find((group) => isGone(group, beginning(stay), until));
    const group = sharing ?? free ?? [];
    if (group.length === 0) groups.push(group);
    group.push(stay);
    for (const key of keys) if (!known.has(key)) known.set(key, group);
    if (byNameAlone && free === undefined) byName.set(name, [group, ...namesakes].slice(0, NAMESAKES_COMPARED));
  }
  return groups.map((group) => personOf(group, until));
};

/** Of a hall full of guests with one name, so many are looked at. */
const NAMESAKES_COMPARED = 100;

/** Whether the last stay of a group, which are in the order of their beginnings, is over. */
const isGone = (group: readonly Stay[], at: EpochMs, until: EpochMs): boolean =>
  group.slice(-1).every((stay) => end(stay, until) <= at);

/** Where only one end is known, that is all that is known of the stay. */
const beginning = ({ joined, left }: Stay): EpochMs => joined ?? left ?? 0;
const end = (stay: Stay, until: EpochMs): EpochMs =>
  stay.ending === 'still-there' ? until : (stay.left ?? beginning(stay));

const personOf = (stays: readonly Stay[], until: EpochMs): Person => {
  const last = (field: 'name' | 'email' | 'id' | 'phone') =>
    stays.map(({ participant }) => participant[field]).findLast((value) => value !== '') ?? '';
  return {
    name: last('name'),
    email: last('email'),
    id: last('id'),
    phone: last('phone'),
    stays,
    presentMs: presentMs(stays, until),
  };
};

const presentMs = (stays: readonly Stay[], until: EpochMs): number | undefined => {
  const spans = stays
    .filter((stay) => stayMs(stay, until) !== undefined)
    .map((stay) => ({ from: beginning(stay), to: end(stay, until) }));
  if (spans.length === 0) return undefined;
  let total = 0;
  let covered = Number.NEGATIVE_INFINITY;
  for (const { from, to } of spans.sort((a, b) => a.from - b.from)) {
    total += Math.max(0, to - Math.max(from, covered));
    covered = Math.max(covered, to);
  }
  return total;
};
