import type { BrevoClient } from '../brevo/client.ts';
import type { Contact } from '../brevo/shapes.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { View } from '../ledger/view.ts';
import { type PersonPlan, type PlanRules, planPerson } from '../plan/plan.ts';
import type { Failure, PersonLine } from '../report/report.ts';
import { endsRun, failureOf, mayPassLater, unknownFate } from './failure.ts';
import { type EventsOutcome, sendEvents } from './send-events.ts';
import type { Task } from './task.ts';

/** The event that stands for a request to confirm, in the ledger. */
export const CONFIRMATION = 'double_opt_in';

export type ApplyDeps = {
  readonly brevo: BrevoClient;
  readonly ledger: Ledger;
  readonly rules: PlanRules;
  readonly isDry: boolean;
  readonly resendsUnknown: boolean;
  readonly now: () => number;
  /** How a contact is called in output. */
  readonly shown: (email: string) => string;
};

/** What was done for one person, for the output and the report. */
export type Applied = {
  readonly line: PersonLine;
  readonly plan: Pick<PersonPlan, 'isBlocklisted' | 'isDeleted'> | undefined;
  readonly events: EventsOutcome;
  readonly failures: readonly Failure[];
  /** Whether another run may have more luck with what failed. */
  readonly mayPass: boolean;
};

type Written = PersonPlan & { readonly isConfirmationUnknown?: true };

const NO_EVENTS: EventsOutcome = { sent: 0, already: 0, unknown: 0, failed: 0, named: null, errors: [] };

/** Looks one person up, writes what differs, sends what was not sent. Throws only what ends the run. */
export const applyPerson = async (task: Task, view: View, deps: ApplyDeps): Promise<Applied> => {
  const { person, session } = task;
  const contact = deps.shown(person.email);
  const line = (rest: Pick<PersonLine, 'action' | 'lists' | 'attributes' | 'event' | 'reason'>): PersonLine => ({
    contact,
    session: task.name,
    kind: session.kind,
    action: rest.action,
    status: person.status,
    duration_minutes: person.minutes ?? null,
    lists: rest.lists,
    attributes: rest.attributes,
    event: rest.event,
    reason: rest.reason,
  });
  let plan: Written;
  try {
    const found = await deps.brevo.contact(person.email);
    plan = planned(task, found, view, deps);
    if (!deps.isDry) plan = await written(plan, task, view, deps);
  } catch (error) {
    if (endsRun(error)) throw error;
    const failure = failureOf(error, { contact, session: task.name, stage: 'contact' });
    return {
      line: line({ action: 'fail', lists: [], attributes: [], event: null, reason: failure.message }),
      plan: undefined,
      events: NO_EVENTS,
      failures: [failure],
      mayPass: mayPassLater(error),
    };
  }
  const events = await sendEvents(person.email, plan.events, session, view, deps);
  const about = { contact, session: task.name, stage: 'event' } as const;
  const failures = [
    ...events.errors.map((error) => failureOf(error, about)),
    ...(events.unknown > 0 || plan.isConfirmationUnknown === true ? [unknownFate(about)] : []),
  ];
  return {
    line: line({
      action: plan.action === 'confirm' ? 'skip' : plan.action,
      lists: plan.lists,
      attributes: Object.keys(plan.attributes),
      event: events.named,
      reason: plan.reason,
    }),
    plan,
    events,
    failures,
    mayPass: events.errors.some(mayPassLater),
  };
};

const planned = (task: Task, contact: Contact | undefined, view: View, { ledger, rules }: ApplyDeps): PersonPlan => {
  const { email } = task.person;
  const asked = view.events.get(ledger.keys.event(CONFIRMATION, '', email));
  const plan = planPerson(
    {
      ...task,
      contact,
      known: view.contacts.get(ledger.keys.contact(email)),
      isAsked: asked !== undefined,
    },
    rules,
  );
  if (!task.eventsOnly || plan.action === 'skip') return plan;
  const isThere = contact !== undefined;
  return {
    ...plan,
    action: isThere ? 'unchanged' : 'skip',
    attributes: {},
    lists: [],
    events: isThere ? plan.events : [],
    reason: isThere ? plan.reason : 'not in Brevo',
  };
};

/** Does what was planned for the contact; the answer is the plan as it turned out. */
const written = async (plan: PersonPlan, task: Task, view: View, deps: ApplyDeps): Promise<Written> => {
  const { brevo, ledger, rules } = deps;
  const { email } = task.person;
  const { action, attributes, lists } = plan;
  if (action === 'skip' || task.eventsOnly) return plan;
  if (action === 'create') await brevo.create(email, attributes, lists);
  if (action === 'update' && !(await brevo.update(email, attributes, lists))) {
    return {
      ...plan,
      action: 'skip',
      attributes: {},
      lists: [],
      events: [],
      reason: 'deleted in Brevo',
      isDeleted: true,
    };
  }
  if (action === 'confirm' && rules.config.doubleOptIn !== undefined) {
    const key = ledger.keys.event(CONFIRMATION, '', email);
    try {
      const begin = () => ledger.eventBegins(key, view);
      const fate = await brevo.askConfirmation(email, attributes, lists, rules.config.doubleOptIn, begin);
      await ledger.eventEnds(key, fate, view);
      return fate === 'sent' ? plan : { ...plan, isConfirmationUnknown: true };
    } catch (error) {
      if (view.events.get(key) === 'sending') await ledger.eventEnds(key, 'free', view);
      throw error;
    }
  }
  await ledger.contactWritten(ledger.keys.contact(email), plan.known, view);
  return plan;
};
