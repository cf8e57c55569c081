import type { Arrival } from '../../event/arrival.ts';
import { eventTs } from '../../event/event-facts.ts';
import type { EpochMs } from '../../time/clock.ts';
import { type Gap, gapOf } from '../gap.ts';
import { type Mark, markOf } from './mark.ts';
import { type Person, peopleOf } from './people.ts';
import { isComplete, pairStays, type Stay } from './stays.ts';

/** One session of a meeting or webinar, as far as its events tell. */
export type Meeting = {
  readonly meetingId: string;
  readonly uuid: string;
  readonly topic: string;
  readonly host: { readonly id: string; readonly name: string; readonly email: string };
  /** Undefined where the event that would tell it is missing. */
  readonly started: EpochMs | undefined;
  /** Undefined as well where it is still open at the end of the recording. */
  readonly ended: EpochMs | undefined;
  /** From the first to the last that is known of it. */
  readonly from: EpochMs;
  readonly to: EpochMs;
  readonly stays: readonly Stay[];
  readonly people: readonly Person[];
  /** Gaps of the recording during which someone may have come or gone. */
  readonly gaps: readonly Gap[];
  /** Whether nothing is missing: start, end and both ends of every stay are told, and no gap lies between. */
  readonly complete: boolean;
};

export type Meetings = {
  /** In the order of their beginnings. */
  readonly meetings: readonly Meeting[];
  /** When the recording ends: what is still open lasts until then. */
  readonly until: EpochMs;
};

export type MeetingsBuilder = {
  /** Takes an event that the filters let through, or a lifecycle event. */
  add(arrival: Arrival): void;
  /** Takes one that they did not: it tells how long the recording goes on. */
  passOver(arrival: Arrival): void;
  finish(): Meetings;
};

/**
 * Rebuilds meetings from their events, in whatever order those stand. Memory grows with the number of comings and
 * goings, not with that of other events.
 */
export const createMeetings = (): MeetingsBuilder => {
  const byMeeting = new Map<string, Mark[]>();
  const gaps: Gap[] = [];
  let until = Number.NEGATIVE_INFINITY;
  const seeTime = (at: EpochMs | undefined) => {
    if (at !== undefined && !Number.isNaN(new Date(at).getTime())) until = Math.max(until, at);
  };
  const passOver = (arrival: Arrival) => {
    if (arrival.kind !== 'control') seeTime(arrival.receivedAt ?? eventTs(arrival));
  };
  return {
    passOver,
    add(arrival) {
      passOver(arrival);
      if (arrival.kind === 'control') return;
      if (arrival.kind === 'lifecycle') {
        const gap = gapOf(arrival);
        if (gap) gaps.push(gap);
        return;
      }
      const mark = markOf(arrival);
      if (mark === undefined) return;
      seeTime(mark.at);
      const key = mark.uuid === '' ? `id ${mark.meetingId}` : `uuid ${mark.uuid}`;
      const marks = byMeeting.get(key);
      if (marks) marks.push(mark);
      else byMeeting.set(key, [mark]);
    },
    finish() {
      const sessions = [...byMeeting.values()].flatMap(sessionsOf);
      const meetings = sessions.map((marks) => meetingOf(marks, gaps, until)).sort((a, b) => a.from - b.from);
      return { meetings, until };
    },
  };
};

/** In the order of time. A uuid is one session; where Zoom gives none, a meeting that begins anew is another one. */
const sessionsOf = (marks: readonly Mark[]): readonly (readonly Mark[])[] => {
  const sorted = [...marks].sort((a, b) => a.at - b.at);
  const sessions: Mark[][] = [];
  for (const mark of sorted) {
    const current = sessions.at(-1);
    const begins = mark.uuid === '' && (mark.kind === 'started' || mark.kind === 'joined');
    if (current === undefined || (begins && current.some(({ kind }) => kind === 'ended'))) sessions.push([mark]);
    else current.push(mark);
  }
  return sessions;
};

const meetingOf = (marks: readonly Mark[], allGaps: readonly Gap[], until: EpochMs): Meeting => {
  const started = marks.find(({ kind }) => kind === 'started')?.at;
  const ended = marks.findLast(({ kind }) => kind === 'ended')?.at;
  const last = (field: 'meetingId' | 'topic' | 'hostId') =>
    marks.map((mark) => mark[field]).findLast((value) => value !== '') ?? '';
  const stays = pairStays(marks, ended);
  const people = peopleOf(stays, ended ?? until);
  const id = last('hostId');
  const host = people.find((person) => id !== '' && person.id === id);
  const from = Math.min(started ?? Number.POSITIVE_INFINITY, marks[0]?.at ?? 0);
  const to = ended ?? until;
  const gaps = allGaps.filter((gap) => gap.to >= from && gap.from <= to);
  return {
    meetingId: last('meetingId'),
    uuid: marks[0]?.uuid ?? '',
    topic: last('topic'),
    host: { id, name: host?.name ?? '', email: host?.email ?? '' },
    started,
    ended,
    from,
    to,
    stays,
    people,
    gaps,
    complete: started !== undefined && ended !== undefined && gaps.length === 0 && stays.every(isComplete),
  };
};
