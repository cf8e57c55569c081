import * as v from 'valibot';

// What is read of Zoom's answers. Everything else in them is passed over, so that a new field breaks nothing. Numbers
// also come as strings in reports, and ids as numbers or strings; what is not sent is empty.

const text = v.pipe(
  v.nullish(v.union([v.string(), v.number(), v.boolean()]), ''),
  v.transform((value) => String(value).trim()),
);
const amount = v.pipe(
  v.nullish(v.union([v.number(), v.string()])),
  v.transform((value) => (value === undefined || value === null || value === '' ? undefined : Number(value))),
  v.transform((value) => (value !== undefined && Number.isFinite(value) ? value : undefined)),
);
const instant = v.pipe(
  text,
  v.transform((value) => (value === '' || Number.isNaN(Date.parse(value)) ? undefined : Date.parse(value))),
);

/** A row of a participant list: one stay. Durations are seconds here. */
const participant = v.object({
  name: text,
  user_email: text,
  registrant_id: text,
  join_time: instant,
  leave_time: instant,
  duration: amount,
  status: text,
  internal_user: v.nullish(v.boolean(), false),
  user_id: text,
  id: text,
});
export type ParticipantRow = v.InferOutput<typeof participant>;

/** Somebody who registered. `fields` are Zoom's registration fields, `questions` the custom ones. */
const registrant = v.pipe(
  v.looseObject({
    id: text,
    email: text,
    first_name: text,
    last_name: text,
    status: text,
    create_time: instant,
    custom_questions: v.nullish(v.array(v.object({ title: text, value: text })), []),
  }),
  v.transform(({ id, email, first_name, last_name, status, create_time, custom_questions, ...rest }) => ({
    id,
    email,
    firstName: first_name,
    lastName: last_name,
    status,
    createdAt: create_time,
    questions: Object.fromEntries(custom_questions.map(({ title, value }) => [title, value])),
    fields: Object.fromEntries(
      Object.entries(rest).flatMap(([name, value]) =>
        (typeof value === 'string' && value.trim() !== '') || typeof value === 'number'
          ? [[name, String(value).trim()]]
          : [],
      ),
    ) as Readonly<Record<string, string>>,
  })),
);
export type RegistrantRow = v.InferOutput<typeof registrant>;

/** A session in a list of past ones. */
const pastSession = v.object({
  uuid: text,
  id: text,
  topic: text,
  type: amount,
  start_time: instant,
  end_time: instant,
  duration: amount,
  user_email: text,
});

const occurrence = v.object({ occurrence_id: text, start_time: instant });

export const participants = v.object({ participants: v.nullish(v.array(participant), []) });
export const registrants = v.object({ registrants: v.nullish(v.array(registrant), []) });
export const sessions = v.object({ meetings: v.nullish(v.array(pastSession), []) });
export const instances = v.union([
  v.pipe(
    v.object({ meetings: v.array(v.object({ uuid: text, start_time: instant })) }),
    v.transform(({ meetings }) => meetings),
  ),
  v.pipe(
    v.object({ webinars: v.array(v.object({ uuid: text, start_time: instant })) }),
    v.transform(({ webinars }) => webinars),
  ),
]);
export const users = v.object({ users: v.nullish(v.array(v.object({ id: text, email: text })), []) });
export const panelists = v.object({ panelists: v.nullish(v.array(v.object({ email: text })), []) });
export const trackingSources = v.object({
  tracking_sources: v.nullish(v.array(v.object({ id: text, source_name: text, tracking_url: text })), []),
});
export const plan = v.object({
  uuid: text,
  id: text,
  topic: text,
  host_email: text,
  timezone: text,
  start_time: instant,
  duration: amount,
  occurrences: v.nullish(v.array(occurrence), []),
});
export type PlanRow = v.InferOutput<typeof plan>;
export const pastMeeting = v.object({
  uuid: text,
  id: text,
  topic: text,
  user_email: text,
  start_time: instant,
  end_time: instant,
  participants_count: amount,
});
export const recordings = v.object({ share_url: text, password: text, start_time: instant, topic: text });
