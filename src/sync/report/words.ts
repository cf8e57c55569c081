import type { Report } from './report.ts';

const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

const parts = (counts: readonly (readonly [count: number, what: string])[]): string =>
  counts
    .filter(([count]) => count > 0)
    .map(([count, what]) => `${count} ${what}`)
    .join(', ') || 'none';

/** How many failures are told one by one. */
const SHOWN = 10;

/** The end of a run in words, a line each: lower case, no full stop. */
export const reportLines = (report: Report): readonly { readonly text: string; readonly isWarning: boolean }[] => {
  const { sessions, people, contacts, events, failures, dry_run: isDry } = report;
  const note = (text: string) => ({ text, isWarning: false });
  const warning = (text: string) => ({ text, isWarning: true });
  return [
    note(
      `${isDry ? 'dry run, nothing was written' : 'done'}: ${plural(sessions.done, 'session')}${
        sessions.waiting > 0 ? `, ${sessions.waiting} waiting for the next run` : ''
      }${sessions.failed > 0 ? `, ${sessions.failed} failed` : ''}`,
    ),
    note(
      `people: ${parts([
        [people.attended, 'attended'],
        [people.registered, 'registered'],
        [people.absent, 'absent'],
        [people.cancelled, 'cancelled'],
        [people.left_out, 'left out'],
        [people.blocklisted, 'blocklisted (updated, no event)'],
        [people.deleted_in_brevo, 'deleted in Brevo (skipped; --recreate creates them again)'],
      ])}`,
    ),
    note(
      `contacts: ${parts([
        [contacts.created, isDry ? 'to create' : 'created'],
        [contacts.updated, isDry ? 'to update' : 'updated'],
        [contacts.unchanged, 'unchanged'],
        [contacts.skipped, 'skipped'],
        [contacts.failed, 'failed'],
      ])}`,
    ),
    note(
      `events: ${parts([
        [events.sent, isDry ? 'to send' : 'sent'],
        [events.already_sent, 'sent before'],
        [events.failed, 'failed'],
        [events.unknown, 'of unknown fate'],
      ])}`,
    ),
    ...(people.without_email > 0
      ? [warning(`${plural(people.without_email, 'guest')} without e-mail: require registration to capture addresses`)]
      : []),
    ...(events.unknown > 0
      ? [
          warning(
            `${plural(events.unknown, 'event')} may or may not have arrived: --on-unknown resend sends them again`,
          ),
        ]
      : []),
    ...failures
      .slice(0, SHOWN)
      .map(({ contact, session, stage, message, code }) =>
        warning(`${stage} failed for ${contact ?? `session ${session}`}: ${message.replace(/\.$/, '')} (${code})`),
      ),
    ...(failures.length > SHOWN ? [warning(`${failures.length - SHOWN} more failures; --report lists them all`)] : []),
  ];
};
