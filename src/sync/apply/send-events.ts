import type { BrevoClient } from '../brevo/client.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { View } from '../ledger/view.ts';
import { type BrevoEvent, contraryOf, isTooLate } from '../plan/event.ts';
import type { Session } from '../sessions/session.ts';
import { endsRun } from './failure.ts';

export type EventsOutcome = {
  readonly sent: number;
  readonly already: number;
  /** Those whose fate became unknown now. */
  readonly unknown: number;
  readonly failed: number;
  /** The name of the first that was sent, or would be. */
  readonly named: string | null;
  readonly errors: readonly unknown[];
};

export type SendDeps = {
  readonly brevo: Pick<BrevoClient, 'sendEvent'>;
  readonly ledger: Ledger;
  readonly isDry: boolean;
  readonly resendsUnknown: boolean;
  readonly now: () => number;
};

/** Sends each event that was not sent yet, noted on disk before and after. Throws only what ends the run. */
export const sendEvents = async (
  email: string,
  events: readonly BrevoEvent[],
  session: Pick<Session, 'start' | 'end'>,
  view: View,
  { brevo, ledger, isDry, resendsUnknown, now }: SendDeps,
): Promise<EventsOutcome> => {
  const outcome = { sent: 0, already: 0, unknown: 0, failed: 0, named: null as string | null, errors: [] as unknown[] };
  for (const event of events) {
    const key = ledger.keys.event(event.name, event.session, email);
    const state = view.events.get(key);
    if (state === 'sent') outcome.already += 1;
    const contrary = contraryOf(event);
    if (contrary !== undefined && view.events.has(ledger.keys.event(contrary.name, contrary.session, email))) continue;
    if (state === 'sent' || (state !== undefined && !resendsUnknown) || isTooLate(session, now())) continue;
    outcome.named ??= event.name;
    if (isDry) {
      outcome.sent += 1;
      continue;
    }
    try {
      const fate = await brevo.sendEvent(email, event, () => ledger.eventBegins(key, view));
      await ledger.eventEnds(key, fate, view);
      outcome[fate] += 1;
    } catch (error) {
      // It surely did not arrive: another run may send it. One that was open before stays open.
      if (view.events.get(key) === 'sending')
        await ledger.eventEnds(key, state === undefined ? 'free' : 'unknown', view);
      if (endsRun(error)) throw error;
      outcome.failed += 1;
      outcome.errors.push(error);
    }
  }
  return outcome;
};
