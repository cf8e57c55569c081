import type { EpochMs } from '../../time/clock.ts';
import { numberIn, type ZoomLookups, ZoomRefusal } from '../../zoom-api/index.ts';
import type { Found } from './found.ts';
import { NotReady } from './gathered.ts';
import { type Job, jobOf } from './job.ts';
import { monthsOf } from './months.ts';

/** Which past sessions are wanted. */
export type Wish = {
  readonly meetings: readonly string[];
  readonly webinars: readonly string[];
  readonly latest: boolean;
  readonly window: { readonly since: EpochMs; readonly until: EpochMs } | undefined;
  /** Ids or e-mail addresses; none: all active users. */
  readonly users: readonly string[];
};

export type DiscoverDeps = {
  readonly zoom: ZoomLookups;
  readonly settleMs: number;
  readonly now: () => EpochMs;
  readonly onMissing: (refusal: ZoomRefusal, instead: string) => void;
};

/** Finds past sessions: those that were named, and those of a window, month by month and oldest first. */
export async function* discover(wish: Wish, deps: DiscoverDeps): AsyncGenerator<Found> {
  for (const [kind, ids] of [['meeting', wish.meetings] as const, ['webinar', wish.webinars] as const]) {
    for (const id of ids) {
      const number = numberIn(id);
      yield number === undefined
        ? { job: jobOf({ id: `session ${id}`, what: 'session', kind, uuid: id, due: deps.now() }) }
        : {
            job: jobOf({
              id: `number ${kind} ${number}${wish.latest ? ' latest' : ''}`,
              what: 'number',
              kind,
              number,
              latest: wish.latest,
              due: deps.now(),
            }),
          };
    }
  }
  if (wish.window === undefined) return;
  const { since, until } = wish.window;
  let reports = true;
  for (const { from, to } of monthsOf(since, until)) {
    const found: Job[] = [];
    for await (const user of wish.users.length > 0 ? wish.users : everyUser(deps.zoom)) {
      const rows = async function* () {
        if (reports) {
          try {
            yield* deps.zoom.pastSessions(user, from, to);
            return;
          } catch (error) {
            if (!(error instanceof ZoomRefusal) || (error.kind !== 'scope' && error.kind !== 'plan')) throw error;
            deps.onMissing(error, 'past meetings are listed instead, and webinars are missing');
            reports = false;
          }
        }
        yield* deps.zoom.previousMeetings(user);
      };
      for await (const row of rows()) {
        const end =
          row.end_time ?? (row.start_time === undefined ? undefined : row.start_time + (row.duration ?? 0) * 60_000);
        if (row.uuid === '' || end === undefined || end < since || end > until) continue;
        const kind = row.type === 5 || row.type === 6 || row.type === 9 ? 'webinar' : 'meeting';
        const about = { kind, number: row.id, uuid: row.uuid, start: row.start_time, end } as const;
        found.push(
          jobOf({
            ...about,
            id: `session ${row.uuid}`,
            what: 'session',
            due: Math.min(deps.now(), end + deps.settleMs),
          }),
        );
      }
    }
    yield* found.sort((a, b) => (a.end ?? 0) - (b.end ?? 0)).map((job) => ({ job }));
    // The list of past meetings has no months: one reading is all of it.
    if (!reports) return;
  }
}

async function* everyUser(zoom: ZoomLookups): AsyncGenerator<string> {
  for await (const { id } of zoom.users()) yield id;
}

/** The ended sessions of a number, oldest first; with `latest` only the last. Throws `NotReady` if there is none. */
export const sessionsOfNumber = async (job: Job, zoom: ZoomLookups, now: EpochMs): Promise<readonly Job[]> => {
  const { kind, number } = job;
  const instances = await zoom.instances(kind, number).catch((error: unknown) => {
    if (error instanceof ZoomRefusal && error.kind === 'not-found') throw new NotReady();
    throw error;
  });
  const ended = instances.filter(({ uuid }) => uuid !== '').sort((a, b) => (a.start_time ?? 0) - (b.start_time ?? 0));
  if (ended.length === 0) throw new NotReady();
  return (job.latest ? ended.slice(-1) : ended).map(({ uuid, start_time }) =>
    jobOf({ id: `session ${uuid}`, what: 'session', kind, number, uuid, start: start_time, due: now }),
  );
};
