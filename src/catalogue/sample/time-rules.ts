import type { Rule, Slot } from './rule.ts';

const MINUTE_MS = 60_000;

/** Fields that say when, and for how long. */
export const TIME_RULES: readonly Rule[] = [
  // Zoom counts meetings in minutes and calls in seconds.
  [
    /^payload\.object\.duration$|occurrences\[\]\.duration$|old_object\.duration$/,
    (slot) => (inMeeting(slot) ? slot.scene.meeting.minutes : slot.draw.int(20, 900)),
  ],
  [/duration_in_second$/, ({ scene }) => scene.meeting.minutes * 60],
  [/duration$|(hold|talk|wait|waiting)_time$/, ({ draw }) => draw.int(3, 900)],
  [/(^|[._])timestamp$|time_stamp$|event_ts$/, ({ now }) => now],
  [/timezone$/, ({ scene }) => scene.meeting.timeZone],
  [/occurrence_id$/, ({ scene, index }) => scene.meeting.startsAt + index * 7 * 24 * 60 * MINUTE_MS],
  [/occurrences\[\]\.start_time$/, ({ scene, index }) => iso(scene.meeting.startsAt + index * 7 * 24 * 60 * MINUTE_MS)],
  [
    /recurrence\.end_date_time$|max_exceed_date$|auto_delete_date$/,
    ({ scene }) => iso(scene.meeting.startsAt + 90 * 24 * 60 * MINUTE_MS),
  ],
  [/\.join_time$/, ({ now }) => iso(now)],
  [/^payload\.object\.start_time$/, (slot) => iso(isStart(slot) ? slot.now : slot.scene.meeting.startsAt)],
  [/recording_file\.recording_start$/, (slot) => iso(isRecordingStart(slot) ? slot.now : slot.scene.meeting.startsAt)],
  [
    /(recording_start|ringing_start_time|meeting_start_time|summary_start_time|\.start_time|join_time)$/,
    ({ scene }) => iso(scene.meeting.startsAt),
  ],
  [/(recording_end|end_time|leave_time)$/, ({ now }) => iso(now)],
  [/(_time|date_time|date_created|_date)$/, ({ now }) => iso(now)],
];

/** Zoom writes whole seconds: `2026-11-22T01:42:00Z`. */
const iso = (at: number): string => `${new Date(at).toISOString().slice(0, 19)}Z`;

const inMeeting = ({ type }: Slot): boolean => !type.startsWith('phone.');

const isStart = ({ type }: Slot): boolean => /^(meeting|webinar|session)\.started$/.test(type);

const isRecordingStart = ({ type }: Slot): boolean => /recording[._]started$/.test(type);
