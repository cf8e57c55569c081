import type { Applied } from '../apply/apply-person.ts';
import type { People } from '../people/people.ts';
import type { PersonLine, Report } from '../report/report.ts';

const COUNTS: Readonly<Record<PersonLine['action'], keyof Report['contacts']>> = {
  create: 'created',
  update: 'updated',
  unchanged: 'unchanged',
  skip: 'skipped',
  fail: 'failed',
};

/** Counts what was done for one person. */
export const recordApplied = (report: Report, { line, plan, events, failures }: Applied, eventsOnly: boolean): void => {
  if (!eventsOnly) {
    report.people[line.status] += 1;
    report.contacts[COUNTS[line.action]] += 1;
    if (plan?.isBlocklisted === true) report.people.blocklisted += 1;
    if (plan?.isDeleted === true) report.people.deleted_in_brevo += 1;
  }
  report.events.sent += events.sent;
  report.events.already_sent += events.already;
  report.events.failed += events.failed;
  report.failures.push(...failures);
};

/** Counts those who could not or should not be synced. */
export const recordPeople = (report: Report, { withoutEmail, leftOut }: People): void => {
  report.people.without_email += withoutEmail;
  report.people.left_out += leftOut;
};
