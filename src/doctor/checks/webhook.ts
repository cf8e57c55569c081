import type { Check } from '../check.ts';
import type { DoctorContext } from '../context.ts';
import { notNeeded } from '../finding.ts';
import { networkFinding } from '../network-finding.ts';

const LIMIT_MS = 60_000;

type Run = (
  probe: NonNullable<DoctorContext['webhook']>,
  signal: AbortSignal,
  context: DoctorContext,
) => ReturnType<Check['run']>;

/** A check of section 7; without an endpoint there is no need for it. */
const check = (id: Check['id'], title: string, needs: readonly Check['id'][], run: Run): Check => ({
  id,
  section: 7,
  title,
  needs,
  limitMs: LIMIT_MS,
  run: (context, signal) =>
    context.webhook === undefined ? notNeeded('no --webhook <url> is given') : run(context.webhook, signal, context),
});

export const WEBHOOK_CHECKS: readonly Check[] = [
  check('webhook.url', 'the URL is one that Zoom takes', [], (probe, signal) => probe.url(signal)),
  check('webhook.network', 'the endpoint can be reached over TLS', [], ({ target }, signal, context) =>
    networkFinding([target], [], context, signal),
  ),
  check('webhook.challenge', 'a challenge is answered right', ['webhook.url', 'webhook.network'], (probe, signal) =>
    probe.challenge(signal),
  ),
  check('webhook.signature', 'a wrong signature is refused', ['webhook.challenge'], (probe, signal) =>
    probe.signature(signal),
  ),
  check('webhook.raw-body', 'the raw body is hashed', ['webhook.challenge'], (probe, signal) => probe.rawBody(signal)),
  check('webhook.age', 'what becomes of an old request', ['webhook.challenge'], (probe, signal) => probe.age(signal)),
];
