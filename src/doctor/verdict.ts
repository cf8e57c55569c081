import { CHECK_IDS, type CheckId } from './check.ts';
import type { Result } from './run-checks.ts';

/** What a failure of each check means for the whole, as the runbook's decision tree has it. */
const FAILED: Readonly<Partial<Record<CheckId, string>>> = {
  'setup.runtime': 'This version of Node is too old for zoom-ws.',
  'setup.settings': 'The settings are not complete or not right, so nothing was sent to Zoom.',
  'network.oauth': "This machine cannot reach Zoom's token endpoint, and without a token nothing works.",
  'oauth.token': 'There is no token, and without one nothing works.',
  'oauth.clock': 'The clock of this machine is so far off that tokens and times cannot be judged.',
  'api.probe': "There is a token, but asking Zoom's API with it failed; events themselves do not need the API.",
  'subscription.url': 'The endpoint of the subscription is not right.',
  'network.socket': "There is a token, but this machine cannot reach the event socket's host.",
  'socket.accepted':
    'There is a token, but the connection is refused or closed: most likely the token does not fit the subscription, or the URL or the subscription itself is wrong.',
  'socket.heartbeat': 'Zoom accepts the connection, but it is dead: what is sent over it is not answered.',
  'socket.exclusive': 'Two consumers share one subscription, and each takes it from the other.',
  'sync.config': 'The configuration of the sync is not right, so nothing can be synced.',
  'brevo.key': 'There is no usable key for Brevo, so nothing can be synced.',
  'brevo.account': 'Brevo does not take the key, so nothing can be synced.',
  'brevo.lists': 'A list that the configuration names does not exist in Brevo.',
  'brevo.attributes': 'An attribute that the configuration names is missing in Brevo, or cannot hold its value.',
  'sync.ledger': 'The ledger of the sync cannot be used.',
  'socket.reconnect': 'The connection works, but not twice in a row: after a disconnection events would be lost.',
};

const WARNED: Readonly<Partial<Record<CheckId, string>>> = {
  'setup.runtime': 'What was tested works, but this Node does not check certificates.',
  'setup.settings': 'Nothing failed, but check the settings.',
  'setup.env-file': 'Nothing failed, but others can read the secret.',
  'oauth.token': 'Nothing failed, but the token is odd.',
  'oauth.clock': 'Nothing failed, but the clock of this machine is off.',
  'api.probe': 'The token is good; only the probe of the API was refused, which events do not need.',
  'subscription.url': 'Nothing failed, but the endpoint of the subscription is unusual.',
  'socket.exclusive': 'The connection works, but it may not be alone on the subscription.',
  'zoom.scopes': 'Nothing failed, but the app lacks scopes that the sync needs.',
  'sync.ledger': 'Nothing failed, but see what the ledger has open.',
  'events.duplicates': 'The connection works, but events come more than once: repeats must be recognised.',
  'events.order': 'The connection works, but events come out of order.',
  'events.lag': 'The connection works, but events come late.',
  'events.received':
    'The connection works, but no event came: either nothing happened, or the subscription selects other event types.',
};

/** Seen last in the report but first by a person: without events the rest does not matter. */
const MOST_TELLING: CheckId = 'events.received';

const WEBHOOKS =
  'If you do not need events within seconds over a connection that is always up, webhooks are simpler to operate: Zoom calls your server, and tries again when it was down.';

/** The decision tree: what is most likely wrong, and the one next step. One paragraph. */
export const verdictOf = (results: readonly Result[]): string => {
  const failures = results.filter(({ status }) => status === 'fail');
  // The probe of the API explains nothing that another failure does not explain better.
  const failed = failures.find(({ id }) => id !== 'api.probe') ?? failures[0];
  if (failed) {
    const seen = failed.seen ?? firstSentence(failed.detail);
    return `${FAILED[failed.id] ?? `${failed.id} failed.`} Seen: ${seen} Next: ${failed.hint}`;
  }
  const warned = results.filter(({ status }) => status === 'warn');
  const telling = warned.find(({ id }) => id === MOST_TELLING) ?? warned[0];
  const notRun = results.filter(({ status }) => status === 'skip');
  const connected = results.some(({ id, status }) => id === 'socket.accepted' && status === 'pass');
  const untested = untestedWords(notRun);
  if (telling) return `${WARNED[telling.id] ?? 'Nothing failed.'}${untested} Next: ${telling.hint}`;
  const isWhole = notRun.length === 0 && results.length >= CHECK_IDS.length;
  const next = notRun.find(({ isHarmless }) => !isHarmless)?.hint ?? '';
  return [`${isWhole ? 'Everything works.' : 'What was tested works.'}${untested}`, next, connected ? WEBHOOKS : '']
    .filter((part) => part !== '')
    .join(' ');
};

/** What can be said of a run that was stopped, of the checks that were over by then. */
export const partialVerdictOf = (results: readonly Result[]): string => {
  const left = CHECK_IDS.filter((id) => !results.some((result) => result.id === id));
  const told = results.some(({ status }) => status === 'fail' || status === 'warn')
    ? verdictOf(results)
    : results.length === 0
      ? ''
      : 'What was tested works.';
  return ['Stopped before it was over.', told, `Not tested: ${left.join(', ')}.`]
    .filter((part) => part !== '')
    .join(' ');
};

/** The beginning of what was seen; the whole stands with its check. */
const firstSentence = (detail: string): string => {
  const [line = ''] = detail.split('\n', 1);
  const [sentence = ''] = line.split(/(?<=\.) (?=[A-Z])/, 1);
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
};

const untestedWords = (notRun: readonly Result[]): string => {
  const [first] = notRun;
  return first ? ` Not tested: ${notRun.map(({ id }) => id).join(', ')}.` : '';
};
