import type { EpochMs } from '../../time/clock.ts';
import { mayBeSameStay, stayKeys } from './identity.ts';
import type { Mark, Participant } from './mark.ts';

/** One coming and going. */
export type Stay = {
  readonly participant: Participant;
  /** Undefined where the event that would tell it is missing. */
  readonly joined: EpochMs | undefined;
  /** Undefined where it is not known, or has not happened. */
  readonly left: EpochMs | undefined;
  /**
   * How it ended: by a leave, by the end of the meeting, not before the recording did, or unknown, because the
   * event is missing.
   */
  readonly ending: 'left' | 'meeting-ended' | 'still-there' | 'unknown';
};

/** Whether both ends were told by their own events. */
export const isComplete = ({ joined, ending }: Stay): boolean => joined !== undefined && ending === 'left';

/** How long a stay was, given the end of the recording; undefined where one of its ends is not known. */
export const stayMs = ({ joined, left, ending }: Stay, until: EpochMs): number | undefined => {
  const end = ending === 'still-there' ? until : left;
  return joined === undefined || end === undefined ? undefined : Math.max(0, end - joined);
};

type Draft = { -readonly [Field in keyof Stay]: Stay[Field] };

/**
 * Pairs joins and leaves, given in the order of their times. A leave without a join, and a join without a leave, is a
 * stay with one end: an event is missing. The end of the meeting, where it is known, ends what nobody left.
 */
export const pairStays = (marks: readonly Mark[], ended: EpochMs | undefined): readonly Stay[] => {
  const stays: Draft[] = [];
  const open = createOpenStays();
  const seen = new Set<string>();
  for (const { kind, at, participant } of marks) {
    // The same event may stand in a recording twice.
    const mark = JSON.stringify([kind, at, participant]);
    if (participant === undefined || seen.has(mark)) continue;
    seen.add(mark);
    if (kind === 'joined') {
      const stay: Draft = { participant, joined: at, left: undefined, ending: 'unknown' };
      stays.push(stay);
      open.add(stay);
      continue;
    }
    const stay = open.take(participant);
    if (stay === undefined) stays.push({ participant, joined: undefined, left: at, ending: 'left' });
    else {
      stay.left = at;
      stay.ending = 'left';
    }
  }
  for (const stay of open.rest()) {
    if (ended === undefined) stay.ending = 'still-there';
    else if (stay.joined !== undefined && ended >= stay.joined)
      Object.assign(stay, { left: ended, ending: 'meeting-ended' });
  }
  return stays;
};

/** Stays that nobody has left yet, found by whatever a leave tells of the participant. */
const createOpenStays = () => {
  const byKey = new Map<string, Set<Draft>>();
  const all = new Set<Draft>();
  const remove = (stay: Draft) => {
    all.delete(stay);
    for (const key of stayKeys(stay.participant)) byKey.get(key)?.delete(stay);
  };
  return {
    add(stay: Draft) {
      // Zoom gives each stay an id of its own: where one begins again, its leave is missing, and its end is not known.
      const same = stay.participant.userId && byKey.get(`stay:${stay.participant.userId}`);
      if (same) for (const forgotten of [...same]) remove(forgotten);
      all.add(stay);
      for (const key of stayKeys(stay.participant)) {
        const others = byKey.get(key) ?? new Set();
        byKey.set(key, others.add(stay));
      }
    },
    take(participant: Participant): Draft | undefined {
      for (const key of stayKeys(participant)) {
        for (const stay of byKey.get(key) ?? []) {
          if (!mayBeSameStay(stay.participant, participant)) continue;
          remove(stay);
          return stay;
        }
      }
      return undefined;
    },
    rest: () => all,
  };
};
