import type { DoctorContext } from './context.ts';
import type { Finding } from './finding.ts';
import type { DoctorOptions } from './world.ts';

export { type Finding, fail, NOT_RUN, notNeeded, pass, type Status, skip, warn } from './finding.ts';

/** The sections of the runbook that doctor automates, by number. */
export const SECTIONS = [
  ...['setup', 'token', 'subscription', 'connection', 'reliability', 'semantics', 'probe'],
  ...['webhooks', 'rtms', 'sync'],
] as const;

/** Every check, in the order of the report. */
export const CHECK_IDS = [
  'setup.runtime',
  'setup.settings',
  'setup.env-file',
  'network.oauth',
  'oauth.token',
  'oauth.clock',
  'api.probe',
  'subscription.url',
  'network.socket',
  'socket.accepted',
  'socket.heartbeat',
  'socket.exclusive',
  'socket.reconnect',
  'events.duplicates',
  'events.order',
  'events.lag',
  'events.received',
] as const;

/** Those of a webhook endpoint, which are run only where one is given. */
export const WEBHOOK_CHECK_IDS = [
  'webhook.url',
  'webhook.network',
  'webhook.challenge',
  'webhook.signature',
  'webhook.raw-body',
  'webhook.age',
] as const;

/** Those of the sync, which are run only where it is set up. */
export const SYNC_CHECK_IDS = [
  'sync.config',
  'brevo.key',
  'brevo.account',
  'brevo.lists',
  'brevo.attributes',
  'zoom.scopes',
  'sync.ledger',
] as const;

export type CheckId = (typeof CHECK_IDS)[number] | (typeof WEBHOOK_CHECK_IDS)[number] | (typeof SYNC_CHECK_IDS)[number];
export type Check = {
  readonly id: CheckId;
  /** Index into `SECTIONS`. */
  readonly section: number;
  readonly title: string;
  /** The checks without which this one makes no sense: it is skipped if one of them fails or is skipped. */
  readonly needs: readonly CheckId[] | ((options: DoctorOptions) => readonly CheckId[]);
  /** The checks that must be over before this one begins, whatever they found. */
  readonly after?: readonly CheckId[];
  /** Asked before the time limit begins, once the report has come this far: a finding takes the check's place. */
  readonly permit?: (context: DoctorContext) => Promise<Finding | undefined>;
  /** How long it may take, in milliseconds; what takes longer is a failure. */
  readonly limitMs: number | ((options: DoctorOptions) => number);
  /** A `ZoomWsError` thrown counts as a failure with its hint. `signal` aborts at the limit and at Ctrl-C. */
  run(context: DoctorContext, signal: AbortSignal): Promise<Finding> | Finding;
};

export const needsOf = ({ needs }: Check, options: DoctorOptions): readonly CheckId[] =>
  typeof needs === 'function' ? needs(options) : needs;
