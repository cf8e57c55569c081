import type { Check } from '../check.ts';
import type { DoctorContext } from '../context.ts';
import { notNeeded } from '../finding.ts';

const LIMIT_MS = 60_000;

/** A check of section 9; without settings of the sync there is no need for it. */
const check = (
  id: Check['id'],
  title: string,
  needs: readonly Check['id'][],
  run: (
    probe: NonNullable<DoctorContext['sync']>,
    context: DoctorContext,
    signal: AbortSignal,
  ) => ReturnType<Check['run']>,
): Check => ({
  id,
  section: 9,
  title,
  needs,
  limitMs: LIMIT_MS,
  run: (context, signal) =>
    context.sync === undefined
      ? notNeeded('neither --config nor a Brevo key is set')
      : run(context.sync, context, signal),
});

const syncConfig = check('sync.config', 'the configuration of the sync is right', [], (probe) => probe.config());
const brevoKey = check('brevo.key', "there is a key for Brevo's API", ['sync.config'], (probe) => probe.key());
const brevoAccount = check('brevo.account', 'Brevo takes the key', ['brevo.key'], (probe, _context, signal) =>
  probe.account(signal),
);
const brevoLists = check('brevo.lists', 'the lists exist', ['brevo.account'], (probe, _context, signal) =>
  probe.lists(signal),
);
const brevoAttributes = check(
  'brevo.attributes',
  'the attributes exist and hold their values',
  ['brevo.account'],
  (probe, _context, signal) => probe.attributes(signal),
);
const zoomScopes = check(
  'zoom.scopes',
  'the token has the scopes of the look-ups',
  ['sync.config', 'oauth.token'],
  (probe, context) => probe.scopes(context.tokens),
);
const syncLedger = check('sync.ledger', 'the ledger can be written', ['brevo.account'], (probe, _context, signal) =>
  probe.ledger(signal),
);

export const SYNC_CHECKS: readonly Check[] = [
  syncConfig,
  brevoKey,
  brevoAccount,
  brevoLists,
  brevoAttributes,
  zoomScopes,
  syncLedger,
];
