import { type ZoomLookups, ZoomRefusal } from '../../zoom-api/index.ts';
import { applyAll } from '../apply/apply-all.ts';
import type { ApplyDeps } from '../apply/apply-person.ts';
import type { Task } from '../apply/task.ts';
import { isLeftOut } from '../people/left-out.ts';
import { peopleOf } from '../people/people.ts';
import { addressOf, isAddress } from '../people/person.ts';
import type { Registrant } from '../people/stay.ts';
import type { PersonLine, Report } from '../report/report.ts';
import { sessionsOfNumber } from '../sessions/discover.ts';
import type { Extra, Found } from '../sessions/found.ts';
import { registrantIn } from '../sessions/from-rest.ts';
import type { Job } from '../sessions/job.ts';
import { type GatherDeps, gather, NothingKnown } from './gather.ts';
import { recordApplied, recordPeople } from './record.ts';
import { momentTask, recordingTasks, registrationTask, sessionTasks } from './tasks.ts';

export type JobDeps = {
  readonly gathering: GatherDeps;
  readonly apply: ApplyDeps;
  readonly report: Report;
  readonly isBackfill: boolean;
  readonly now: () => number;
  /** A person's line for the output. */
  readonly onLine: (line: PersonLine) => Promise<void>;
  /** How many people a job begins with, and one by one that they are done. */
  readonly onPeople: (count: number) => void;
  readonly onPersonDone: () => void;
  /** Further jobs that came to light. */
  readonly onFound: (found: Found) => Promise<void>;
};

/** What is left of a job: nothing, or something that another run may do. */
export type JobEnd = 'done' | 'again';

/** Does one job. Throws `NotReady`, `ZoomRefusal`, `NothingKnown`, and what ends the run. */
export const runJob = async (found: Found, deps: JobDeps): Promise<JobEnd> => {
  const { job, extra } = found;
  switch (job.what) {
    case 'number':
      return numberJob(job, deps);
    case 'session':
      return sessionJob(job, extra, deps);
    case 'recording':
      return recordingJob(job, extra, deps);
    case 'registration':
      return registrationJob(job, extra, deps);
    case 'moment':
      return momentJob(job, extra, deps);
    default:
      job.what satisfies never;
      return 'done';
  }
};

const numberJob = async (job: Job, deps: JobDeps): Promise<JobEnd> => {
  const zoom = needed(deps);
  for (const each of await sessionsOfNumber(job, zoom, deps.now())) await deps.onFound({ job: each });
  return 'done';
};

const sessionJob = async (job: Job, extra: Extra | undefined, deps: JobDeps): Promise<JobEnd> => {
  const { gathering, report } = deps;
  const { config } = gathering;
  if (!(job.kind === 'meeting' ? config.sync.participants : config.sync.webinars)) return 'done';
  const gathered = await gather(job, extra, gathering);
  const people = peopleOf(gathered, config);
  recordPeople(report, people);
  const end = await apply(sessionTasks(people, gathered.session, config), deps);
  if (!deps.isBackfill || !config.sync.recordings || !config.events.has('recording')) return end;
  const recording = await recordingOf(job, gathering.zoom);
  if (recording === undefined) return end;
  const told = await apply(recordingTasks(people, gathered.session, recording, config), deps);
  return end === 'again' ? end : told;
};

const recordingJob = async (job: Job, extra: Extra | undefined, deps: JobDeps): Promise<JobEnd> => {
  const { gathering } = deps;
  const recording = extra?.recording ?? (await recordingOf(job, gathering.zoom));
  if (recording === undefined || recording.shareUrl === '') return 'done';
  const gathered = await gather(job, extra, gathering);
  const people = peopleOf(gathered, gathering.config);
  return apply(recordingTasks(people, gathered.session, recording, gathering.config), deps);
};

/** Undefined where there is no recording. */
const recordingOf = async (job: Job, zoom: ZoomLookups | undefined) => {
  try {
    const found = await zoom?.recordings(job.uuid);
    return found === undefined || found.share_url === ''
      ? undefined
      : { shareUrl: found.share_url, passcode: found.password };
  } catch (error) {
    if (error instanceof ZoomRefusal && error.kind === 'not-found') return undefined;
    throw error;
  }
};

const registrationJob = async (job: Job, extra: Extra | undefined, deps: JobDeps): Promise<JobEnd> => {
  const { gathering, report } = deps;
  const { config } = gathering;
  const registrant = extra?.registrant ?? (await registrantOf(job, deps));
  const email = addressOf(registrant?.email ?? '');
  if (registrant === undefined) return 'done';
  if (!isAddress(email)) {
    report.people.without_email += 1;
    return 'done';
  }
  const session = { hostEmail: extra?.hostEmail ?? '' };
  if (isLeftOut({ email, rows: [], registrant }, { session, panelists: new Set() }, config)) {
    report.people.left_out += 1;
    return 'done';
  }
  return apply([registrationTask(job, extra, registrant, email, config)], deps);
};

/** After a crash only the key of the person is known: whoever has it among the registrants. */
const registrantOf = async (job: Job, { gathering, apply: { ledger } }: JobDeps): Promise<Registrant | undefined> => {
  const { zoom } = gathering;
  if (zoom === undefined || job.id.startsWith('cancelled')) throw new NothingKnown();
  const query = { status: 'approved', occurrenceId: job.occurrence } as const;
  for await (const row of zoom.registrants(job.kind, job.number, query)) {
    if (ledger.keys.contact(addressOf(row.email)) === job.person) return registrantIn(row, '');
  }
  return undefined;
};

const momentJob = async (job: Job, extra: Extra | undefined, deps: JobDeps): Promise<JobEnd> => {
  const { zoom } = deps.gathering;
  if (extra?.moment === undefined) return 'done';
  const isHosts = extra.moment.verb !== 'joined';
  const host = extra.hostEmail || (isHosts && zoom ? (await zoom.plan(job.kind, job.number)).host_email : '');
  const email = addressOf(isHosts ? host : extra.moment.email);
  return isAddress(email) ? apply([momentTask(job, extra, email)], deps) : 'done';
};

const apply = async (tasks: readonly Task[], deps: JobDeps): Promise<JobEnd> => {
  let end: JobEnd = 'done';
  deps.onPeople(tasks.length);
  await applyAll(tasks, deps.apply, async (applied, task) => {
    recordApplied(deps.report, applied, task.eventsOnly);
    if (applied.mayPass) end = 'again';
    deps.onPersonDone();
    if (!task.eventsOnly) await deps.onLine(applied.line);
  });
  return end;
};

const needed = ({ gathering: { zoom } }: JobDeps): ZoomLookups => {
  if (zoom === undefined) throw new TypeError('a number can be looked up only where Zoom may be asked');
  return zoom;
};
