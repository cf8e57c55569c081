import {
  type ParticipantRow,
  type PlanRow,
  type RegistrantRow,
  type ZoomLookups,
  ZoomRefusal,
} from '../../zoom-api/index.ts';
import type { SyncConfig } from '../config/config.ts';
import { addressOf } from '../people/person.ts';
import type { Registrant, StayRow } from '../people/stay.ts';
import { type Gathered, NotReady } from './gathered.ts';
import type { Job } from './job.ts';
import type { Session } from './session.ts';

export type RestDeps = {
  readonly zoom: ZoomLookups;
  readonly config: SyncConfig;
  /** Says once what Zoom does not give, and what is done without it. */
  readonly onMissing: (refusal: ZoomRefusal, instead: string) => void;
};

/**
 * Looks a session's people up. Throws `NotReady` while Zoom has not counted it, `ZoomRefusal` for what the session cannot
 * do without.
 */
export const gatherByRest = async (job: Job, topic: string, deps: RestDeps): Promise<Gathered> => {
  const { zoom, config } = deps;
  const { kind } = job;
  const past = await ready(kind === 'meeting' ? zoom.pastMeeting(job.uuid) : optional(zoom.pastMeeting(job.uuid)));
  const number = job.number || past?.id || '';
  const plan =
    number === '' ? undefined : await optional(zoom.plan(kind, number), deps, 'its name and zone stay unknown');
  const rows = await ready(all(zoom.participants(kind, job.uuid)));
  // Zoom lists nobody where only one came [measured].
  const isLonely = rows.length === 0 && past?.participants_count !== undefined && past.participants_count <= 1;
  const isCounted = isLonely || rows.some(({ duration }) => duration === undefined || duration > 0);
  if (!isCounted) throw new NotReady();
  const start = past?.start_time ?? job.start;
  const occurrenceId = job.occurrence || occurrenceAt(plan, start);
  const registrants = number === '' ? [] : await registrantsOf(kind, number, occurrenceId, deps);
  const ends = rows.flatMap(({ leave_time }) => leave_time ?? []);
  const session: Session = {
    kind,
    id: number,
    uuid: job.uuid,
    topic: past?.topic || plan?.topic || topic,
    start,
    end: past?.end_time ?? job.end ?? (ends.length === 0 ? undefined : ends.reduce((a, b) => Math.max(a, b))),
    hostEmail: plan?.host_email || past?.user_email || '',
    timezone: plan?.timezone || undefined,
    occurrenceId,
  };
  return {
    session,
    rows: rows.map(stayOf),
    registrants,
    absentees:
      kind === 'webinar' && registrants.length > 0 ? await absenteesOf(job.uuid, occurrenceId, deps) : undefined,
    panelists: kind === 'webinar' && config.exclude.panelists ? await panelistsOf(number, zoom) : new Set(),
  };
};

const all = async <Row>(rows: AsyncIterable<Row>): Promise<Row[]> => {
  const list: Row[] = [];
  for await (const row of rows) list.push(row);
  return list;
};

const ready = async <T>(looking: Promise<T>): Promise<T> => {
  try {
    return await looking;
  } catch (error) {
    if (error instanceof ZoomRefusal && error.kind === 'not-found') throw new NotReady();
    throw error;
  }
};

/** What can be done without: undefined where Zoom refuses it for good. */
const optional = async <T>(looking: Promise<T>, deps?: RestDeps, instead = ''): Promise<T | undefined> => {
  try {
    return await looking;
  } catch (error) {
    if (!(error instanceof ZoomRefusal) || error.kind === 'daily' || error.kind === 'busy') throw error;
    if (error.kind === 'scope') deps?.onMissing(error, instead);
    return undefined;
  }
};

/** The occurrence that began at about this time; undefined for what does not recur. */
const occurrenceAt = (plan: PlanRow | undefined, start: number | undefined): string | undefined => {
  if (plan === undefined || start === undefined || plan.occurrences.length === 0) return undefined;
  const distance = (at: number | undefined): number =>
    at === undefined ? Number.POSITIVE_INFINITY : Math.abs(at - start);
  const [nearest] = [...plan.occurrences].sort((a, b) => distance(a.start_time) - distance(b.start_time));
  return nearest !== undefined && distance(nearest.start_time) < 6 * 3_600_000 ? nearest.occurrence_id : undefined;
};

const registrantsOf = async (
  kind: Job['kind'],
  number: string,
  occurrenceId: string | undefined,
  deps: RestDeps,
): Promise<readonly Registrant[]> => {
  const { zoom, config } = deps;
  const query = { status: 'approved', occurrenceId } as const;
  const looking = all(zoom.registrants(kind, number, query));
  // A meeting without registration has none to list, and Zoom calls that an error.
  const rows =
    kind === 'meeting' ? await optional(looking, deps, 'guests without e-mail cannot be resolved') : await looking;
  if (rows === undefined) return [];
  const sources = new Map<string, string>();
  if (kind === 'webinar' && rows.length > 0 && config.mapping.some(({ source }) => source === 'registration_source')) {
    const instead = 'registrations have no source';
    for (const { id, source_name } of (await optional(zoom.trackingSources(number), deps, instead)) ?? []) {
      for await (const row of zoom.registrants(kind, number, { ...query, trackingSourceId: id })) {
        sources.set(row.id, source_name);
      }
    }
  }
  return rows.map((row) => registrantIn(row, sources.get(row.id) ?? ''));
};

export const registrantIn = (row: RegistrantRow, source: string): Registrant => ({
  id: row.id,
  email: row.email,
  firstName: row.firstName,
  lastName: row.lastName,
  createdAt: row.createdAt,
  source,
  questions: row.questions,
  fields: row.fields,
});

const absenteesOf = async (uuid: string, occurrence: string | undefined, { zoom }: RestDeps) => {
  const rows = await optional(all(zoom.absentees(uuid, occurrence)));
  return rows === undefined
    ? undefined
    : new Set(rows.map(({ email }) => addressOf(email)).filter((email) => email !== ''));
};

const panelistsOf = async (number: string, zoom: ZoomLookups): Promise<ReadonlySet<string>> =>
  new Set((await zoom.panelists(number)).map(({ email }) => addressOf(email)));

const stayOf = (row: ParticipantRow): StayRow => ({
  email: row.user_email,
  registrantId: row.registrant_id,
  name: row.name,
  join: row.join_time,
  leave: row.leave_time,
  seconds: row.duration,
  isWaiting: row.status === 'in_waiting_room',
  isInternal: row.internal_user ?? false,
});
