import * as v from 'valibot';
import type { Query, ZoomClient } from './client.ts';
import { pagesOf } from './pages.ts';
import { inPath } from './path.ts';
import { ZoomRefusal } from './refusal.ts';
import * as shapes from './shapes.ts';

export type Kind = 'meeting' | 'webinar';

/** Zoom sends this field only where it is asked for. */
const WITH_REGISTRANT = { include_fields: 'registrant_id' };

export type RegistrantQuery = {
  readonly status: 'approved' | 'pending' | 'denied';
  readonly occurrenceId?: string | undefined;
  readonly trackingSourceId?: string | undefined;
};

export type ZoomLookups = ReturnType<typeof createLookups>;

/** What the sync asks of Zoom, each with all its pages. Everything throws `ZoomRefusal`. */
export const createLookups = (client: ZoomClient) => {
  const one = async <Schema extends v.GenericSchema>(
    schema: Schema,
    path: string,
    query: Query,
    purpose: string,
  ): Promise<v.InferOutput<Schema>> => parsed(schema, await client.get(path, query, purpose), path, purpose);

  async function* rows<Body, Row>(
    schema: v.GenericSchema<unknown, Body>,
    rowsOf: (body: Body) => readonly Row[],
    path: string,
    query: Query,
    purpose: string,
  ): AsyncGenerator<Row> {
    for await (const body of pagesOf(client, path, query, purpose)) yield* rowsOf(parsed(schema, body, path, purpose));
  }

  return {
    /** The active users of the account. */
    users: () => rows(shapes.users, ({ users }) => users, '/users', { status: 'active' }, 'the list of users'),
    /** Sessions of a user that ended from `from` to `to` (days, YYYY-MM-DD, one month at most): meetings and webinars. */
    pastSessions: (user: string, from: string, to: string) =>
      rows(
        shapes.sessions,
        ({ meetings }) => meetings,
        `/report/users/${inPath(user)}/meetings`,
        { from, to, type: 'past' },
        'the report of past sessions',
      ),
    /** Past meetings of a user, for accounts without reports: no webinars in it. */
    previousMeetings: (user: string) =>
      rows(
        shapes.sessions,
        ({ meetings }) => meetings,
        `/users/${inPath(user)}/meetings`,
        { type: 'previous_meetings' },
        'the list of past meetings',
      ),
    plan: (kind: Kind, id: string) =>
      one(shapes.plan, `/${kind}s/${inPath(id)}`, { show_previous_occurrences: 'true' }, `the ${kind}`),
    pastMeeting: (uuid: string) => one(shapes.pastMeeting, `/past_meetings/${inPath(uuid)}`, {}, 'the past meeting'),
    instances: (kind: Kind, id: string) =>
      one(shapes.instances, `/past_${kind}s/${inPath(id)}/instances`, {}, `the past sessions of the ${kind}`),
    participants: (kind: Kind, uuid: string) =>
      rows(
        shapes.participants,
        ({ participants }) => participants,
        `/past_${kind}s/${inPath(uuid)}/participants`,
        WITH_REGISTRANT,
        'the participants',
      ),
    registrants: (kind: Kind, id: string, { status, occurrenceId, trackingSourceId }: RegistrantQuery) =>
      rows(
        shapes.registrants,
        ({ registrants }) => registrants,
        `/${kind}s/${inPath(id)}/registrants`,
        { status, occurrence_id: occurrenceId, tracking_source_id: trackingSourceId },
        'the registrants',
      ),
    absentees: (uuid: string, occurrenceId: string | undefined) =>
      rows(
        shapes.registrants,
        ({ registrants }) => registrants,
        `/past_webinars/${inPath(uuid)}/absentees`,
        { occurrence_id: occurrenceId },
        'the absentees',
      ),
    panelists: async (id: string) =>
      (await one(shapes.panelists, `/webinars/${inPath(id)}/panelists`, {}, 'the panelists')).panelists,
    trackingSources: async (id: string) =>
      (await one(shapes.trackingSources, `/webinars/${inPath(id)}/tracking_sources`, {}, 'the tracking sources'))
        .tracking_sources,
    recordings: (uuid: string) => one(shapes.recordings, `/meetings/${inPath(uuid)}/recordings`, {}, 'the recording'),
  };
};

const parsed = <Schema extends v.GenericSchema>(
  schema: Schema,
  body: unknown,
  path: string,
  purpose: string,
): v.InferOutput<Schema> => {
  const result = v.safeParse(schema, body);
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw new ZoomRefusal(
    'other',
    `Zoom's answer with ${purpose} has another form than documented: ${path}, ${v.getDotPath(issue) ?? 'at the top'}.`,
    { status: 200 },
  );
};
