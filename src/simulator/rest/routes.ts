import type { Answer, Asked } from '../../serve/answer.ts';
import { json, notThere, page } from './pages.ts';
import type { ToldRow, ToldSession, World } from './world.ts';

type Query = Asked['query'];
type Route = (id: string, query: Query) => Answer;

const USER = { id: 'SimulatedUser000000001', email: 'ada@example.com' };

const seconds = ({ join, leave }: ToldRow, { end }: ToldSession): number =>
  Math.max(0, Math.round((Date.parse(leave || end) - Date.parse(join)) / 1000)) || 0;

const minutes = ({ start, end }: ToldSession): number =>
  Math.max(0, Math.ceil((Date.parse(end) - Date.parse(start)) / 60_000)) || 0;

/** The look-ups, answered from what the stories told. */
export const routesOf = ({ sessions, registrants }: World): readonly (readonly [path: RegExp, route: Route])[] => {
  const ended = (kind: string | undefined, id: string): readonly ToldSession[] =>
    [...sessions.values()].filter(
      (session) =>
        session.end !== '' &&
        (kind === undefined || session.kind === kind) &&
        (session.id === id || session.uuid === id),
    );
  const last = (kind: string | undefined, id: string): ToldSession | undefined => ended(kind, id).at(-1);
  const known = (kind: string, id: string) =>
    [...sessions.values()].findLast((each) => each.kind === kind && (each.id === id || each.uuid === id));

  const participants =
    (kind: string): Route =>
    (id, query) => {
      const session = last(kind, id);
      if (session === undefined) return notThere('Meeting');
      const withRegistrant = (query.get('include_fields') ?? '').includes('registrant_id');
      return page(
        'participants',
        session.rows.map((row) => ({
          id: row.userId,
          user_id: row.userId,
          name: row.name,
          user_email: row.email,
          join_time: row.join,
          leave_time: row.leave || session.end,
          duration: seconds(row, session),
          status: 'in_meeting',
          internal_user: false,
          ...(withRegistrant ? { registrant_id: row.registrantId } : {}),
        })),
        query,
      );
    };
  const people = (kind: string, id: string, status: string) =>
    [...(registrants.get(`${kind} ${id}`)?.values() ?? [])].filter((each) => each.status === status);
  const registered =
    (kind: string): Route =>
    (id, query) => {
      const source = query.get('tracking_source_id');
      const rows = people(kind, id, query.get('status') ?? 'approved')
        .filter((each) => source === null || sourceOf(each)?.id === source)
        // Look-ups do not say where a registrant came from.
        .map(({ tracking_source: _, ...row }) => row);
      return page('registrants', rows, query);
    };
  const plan =
    (kind: string): Route =>
    (id) => {
      const session = known(kind, id);
      if (session === undefined) return notThere(kind === 'meeting' ? 'Meeting' : 'Webinar');
      return json(200, {
        id: Number(session.id),
        uuid: session.uuid,
        topic: session.topic,
        type: session.type,
        host_id: session.hostId,
        host_email: session.hostEmail,
        timezone: session.timezone,
        start_time: session.start,
        duration: minutes(session),
      });
    };
  const instances =
    (kind: 'meeting' | 'webinar'): Route =>
    (id) => {
      const found = ended(kind, id);
      if (found.length === 0) return notThere('Meeting');
      return json(200, { [`${kind}s`]: found.map(({ uuid, start }) => ({ uuid, start_time: start })) });
    };
  const past: Route = (id) => {
    const session = last(undefined, id);
    if (session === undefined) return notThere('Meeting');
    return json(200, {
      uuid: session.uuid,
      id: Number(session.id),
      topic: session.topic,
      type: session.type,
      user_email: session.hostEmail,
      start_time: session.start,
      end_time: session.end,
      duration: minutes(session),
      participants_count: session.rows.length,
    });
  };
  const report: Route = (_id, query) => {
    const [from, to] = [query.get('from') ?? '', query.get('to') ?? '9'];
    const rows = [...sessions.values()].filter(
      ({ end, start }) => end !== '' && start.slice(0, 10) >= from && start.slice(0, 10) <= to,
    );
    return page(
      'meetings',
      rows.map((session) => ({
        uuid: session.uuid,
        id: Number(session.id),
        type: session.type,
        topic: session.topic,
        user_email: session.hostEmail,
        start_time: session.start,
        end_time: session.end,
        duration: minutes(session),
        participants_count: session.rows.length,
      })),
      query,
    );
  };

  return [
    [/^\/users$/, (_id, query) => page('users', [{ ...USER, type: 2, status: 'active' }], query)],
    [
      /^\/users\/([^/]+)\/meetings$/,
      (id, query) => report(id, new URLSearchParams({ page_size: query.get('page_size') ?? '' })),
    ],
    [/^\/meetings\/([^/]+)$/, plan('meeting')],
    [/^\/webinars\/([^/]+)$/, plan('webinar')],
    [/^\/past_meetings\/([^/]+)$/, past],
    [/^\/past_meetings\/([^/]+)\/instances$/, instances('meeting')],
    [/^\/past_webinars\/([^/]+)\/instances$/, instances('webinar')],
    [/^\/(?:past_meetings|report\/meetings)\/([^/]+)\/participants$/, participants('meeting')],
    [/^\/(?:past_webinars|report\/webinars)\/([^/]+)\/participants$/, participants('webinar')],
    [
      /^\/past_webinars\/([^/]+)\/absentees$/,
      (id, query) => {
        const session = last('webinar', id);
        if (session === undefined) return notThere('Webinar');
        const came = new Set(session.rows.map(({ email }) => email.toLowerCase()));
        return page(
          'registrants',
          people('webinar', session.id, 'approved').filter(({ email }) => !came.has(email)),
          query,
        );
      },
    ],
    [/^\/meetings\/([^/]+)\/registrants$/, registered('meeting')],
    [/^\/webinars\/([^/]+)\/registrants$/, registered('webinar')],
    [/^\/webinars\/([^/]+)\/panelists$/, () => json(200, { total_records: 0, panelists: [] })],
    [
      /^\/webinars\/([^/]+)\/tracking_sources$/,
      (id) => {
        const sources = people('webinar', id, 'approved').flatMap((each) => sourceOf(each) ?? []);
        const distinct = [...new Map(sources.map((source) => [source.id, source])).values()];
        return json(200, { total_records: distinct.length, tracking_sources: distinct });
      },
    ],
    [
      /^\/meetings\/([^/]+)\/recordings$/,
      (id) => {
        const recording = last(undefined, id)?.recording;
        return recording === undefined
          ? json(404, { code: 3301, message: 'This recording does not exist.' })
          : json(200, recording);
      },
    ],
    [/^\/report\/users\/([^/]+)\/meetings$/, report],
  ];
};

/** The tracking source that a registration came by, as the list of sources has it. */
const sourceOf = (registrant: Readonly<Record<string, unknown>>) => {
  const source = registrant.tracking_source;
  if (typeof source !== 'object' || source === null) return undefined;
  const { id, source_name, tracking_url } = source as Readonly<Record<string, unknown>>;
  return { id: String(id ?? ''), source_name: String(source_name ?? ''), tracking_url: String(tracking_url ?? '') };
};
