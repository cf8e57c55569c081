import { reasonOf, ZoomWsError } from '../../errors.ts';
import { NoAnswer } from '../../http/calls.ts';
import { ZoomRefusal } from '../../zoom-api/index.ts';
import { BrevoRefusal } from '../brevo/refusal.ts';
import { LimitOutlasted } from '../brevo/transport.ts';
import { maskEmails } from '../report/mask.ts';
import type { Failure } from '../report/report.ts';

/** Whether an error is about the run, not about one person or session: the credentials, a limit, a bug. */
export const endsRun = (error: unknown): boolean => {
  if (error instanceof ZoomRefusal) return false;
  if (error instanceof BrevoRefusal || error instanceof NoAnswer) return false;
  if (error instanceof LimitOutlasted) return true;
  return !(error instanceof ZoomWsError) || error.code !== 'unreachable';
};

/** Whether another run may have more luck. */
export const mayPassLater = (error: unknown): boolean =>
  error instanceof NoAnswer ||
  (error instanceof BrevoRefusal && error.mayPass) ||
  (error instanceof ZoomRefusal && ['busy', 'daily', 'scope'].includes(error.kind));

export const failureOf = (error: unknown, about: Pick<Failure, 'contact' | 'session' | 'stage'>): Failure => {
  const facts = { code: 'unreachable', request_id: null as string | null };
  if (error instanceof BrevoRefusal) Object.assign(facts, { code: error.brevoCode, request_id: error.requestId });
  else if (error instanceof ZoomRefusal) {
    Object.assign(facts, { code: error.zoomCode, request_id: error.trackingId ?? null });
  }
  return { ...about, code: facts.code, message: maskEmails(reasonOf(error)), request_id: facts.request_id };
};

/** What is told of something that must not be done twice, and of which nobody knows whether it was done. */
export const unknownFate = (about: Pick<Failure, 'contact' | 'session' | 'stage'>): Failure => ({
  ...about,
  code: 'unknown',
  message: 'Brevo gave no clear answer: it may or may not have arrived, and is not sent again unasked.',
  request_id: null,
});

/** What is told of events that an earlier run was sending when it ended. */
export const leftUnknown = (count: number): Failure => ({
  contact: null,
  session: '',
  stage: 'event',
  code: 'unknown',
  message: `an earlier run ended while ${count === 1 ? 'an event was' : `${count} events were`} on the way: nobody knows whether Brevo has ${count === 1 ? 'it' : 'them'}.`,
  request_id: null,
});
