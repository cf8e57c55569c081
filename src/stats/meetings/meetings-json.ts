import type { EpochMs } from '../../time/clock.ts';
import type { Meeting, Meetings } from './meetings.ts';
import type { Person } from './people.ts';
import { isComplete, type Stay, stayMs } from './stays.ts';

/** All meetings as one JSON object on one line; what is not known is null, texts are as Zoom sent them. */
export const meetingsJson = ({ meetings, until }: Meetings): string =>
  JSON.stringify({ meetings: meetings.map((meeting) => meetingJson(meeting, until)) });

const meetingJson = (meeting: Meeting, until: EpochMs) => ({
  meeting_id: meeting.meetingId,
  uuid: meeting.uuid,
  topic: meeting.topic,
  host: meeting.host,
  started: isoOf(meeting.started),
  ended: isoOf(meeting.ended),
  seconds:
    meeting.started === undefined || meeting.ended === undefined ? null : secondsOf(meeting.ended - meeting.started),
  open: meeting.ended === undefined,
  complete: meeting.complete,
  participants: { total: meeting.stays.length, distinct: meeting.people.length },
  people: meeting.people.map((person) => personJson(person, meeting.ended ?? until)),
  gaps: meeting.gaps.map(({ from, to, durationMs }) => ({ from: isoOf(from), to: isoOf(to), duration_ms: durationMs })),
});

const personJson = ({ name, email, id, phone, stays, presentMs }: Person, until: EpochMs) => ({
  name,
  email,
  id,
  phone_number: phone,
  seconds: secondsOf(presentMs),
  stays: stays.map((stay) => stayJson(stay, until)),
});

const stayJson = (stay: Stay, until: EpochMs) => ({
  joined: isoOf(stay.joined),
  left: isoOf(stay.left),
  seconds: secondsOf(stayMs(stay, until)),
  complete: isComplete(stay),
});

export const isoOf = (at: EpochMs | undefined): string | null => (at === undefined ? null : new Date(at).toISOString());

/** Whole seconds, as Zoom's own times have them. */
export const secondsOf = (ms: number | undefined): number | null => (ms === undefined ? null : Math.round(ms / 1000));
