import { formatDuration } from '../time/duration.ts';
import type { Notice } from './notice.ts';

/** How loud a notice is: `error` survives --quiet, `detail` needs --verbose, `frame` needs it twice. */
export type Level = 'error' | 'warning' | 'info' | 'detail' | 'frame';

/** A notice in words: lower case, no full stop. */
export type Wording = {
  readonly level: Level;
  readonly text: string;
  /** What the words mean, where the level does not say it: a connection made, or lost. */
  readonly tone?: 'ok' | 'alarm' | undefined;
  /** What follows the text and is an alarm, whatever the text is. */
  readonly alarm?: string;
  readonly hint?: string | undefined;
};

type Words = { readonly [Kind in Notice['kind']]: (notice: Extract<Notice, { kind: Kind }>) => Wording };

const WORDS: Words = {
  warning: ({ text, hint }) => ({ level: 'warning', text, hint }),
  note: ({ text }) => ({ level: 'info', text }),
  detail: ({ text }) => ({ level: 'detail', text }),
  frame: ({ direction, text }) => ({ level: 'frame', text: `${direction === 'in' ? '<' : '>'} ${text}` }),
  connecting: ({ subscription, attempt }) => ({
    level: attempt === 1 ? 'info' : 'detail',
    text: `connecting to subscription ${subscription}`,
  }),
  ready: ({ subscription, again, gapMs }) => ({
    level: 'info',
    tone: 'ok',
    text: `ready${again ? ' again' : ''}: Zoom accepted the connection to subscription ${subscription}`,
    ...(gapMs !== undefined && {
      alarm: `; gap: nothing was received for ${formatDuration(gapMs)}, and Zoom does not send it again`,
    }),
  }),
  listening: ({ url }) => ({ level: 'info', text: `ready: listening for webhooks on ${url}` }),
  'gap-found': ({ ms, reason }) => ({
    level: 'warning',
    tone: 'alarm',
    text: `gap: nothing was received for ${formatDuration(ms)} (${reason}), and Zoom does not send it again`,
  }),
  retrying: ({ why, hint, wasLive, waitMs, attempt, most }) => ({
    level: 'warning',
    tone: wasLive ? 'alarm' : undefined,
    text: `${wasLive ? 'disconnected' : 'not connected'}: ${why.replace(/\.$/, '')}; next attempt in ${formatDuration(waitMs)} (${attempt}${Number.isFinite(most) ? ` of ${most}` : ''})`,
    hint,
  }),
  'failing-long': ({ subscription, ms, attempts }) => ({
    level: 'warning',
    tone: 'alarm',
    text: `not connected for ${formatDuration(ms)}: subscription ${subscription}, ${attempts} failures in a row; events are being lost`,
    hint: 'Run "zoom-ws doctor" to see what is wrong.',
  }),
  'refused-once': ({ subscription, words }) => ({
    level: 'warning',
    text: `Zoom refused the connection to subscription ${subscription} ("${words}"); trying once more with a fresh token`,
  }),
  reclaiming: ({ subscription, times, most }) => ({
    level: 'warning',
    tone: 'alarm',
    text: `displaced: another client connected to subscription ${subscription}; taking it back (${times} of ${most} in five minutes)`,
  }),
  'waiting-displaced': ({ subscription, waitMs }) => ({
    level: 'warning',
    tone: 'alarm',
    text: `displaced: another client connected to subscription ${subscription}; next attempt in ${formatDuration(waitMs)}, and it will displace that client, because Zoom cannot be asked whether it is still there`,
  }),
  'asked-to-wait': ({ subscription, askedMs, waitMs }) => ({
    level: 'warning',
    text: `asked to wait ${formatDuration(askedMs)} (Retry-After), but trying again in ${formatDuration(waitMs)}: subscription ${subscription}`,
  }),
  'handed-over': ({ subscription, isSeamless }) => ({
    level: 'detail',
    text: `handed over to a new connection with a fresh token${isSeamless ? ', without a gap' : ''}: subscription ${subscription}`,
  }),
  'hand-over-failed': ({ subscription, why, waitMs }) => ({
    level: 'warning',
    text: `the token is due, but the new connection to subscription ${subscription} failed: ${why}; the old one stays, next attempt in ${formatDuration(waitMs)}`,
  }),
  'subscription-ended': ({ why, hint, left }) => ({
    level: 'error',
    text: `${why} Going on with the ${left === 1 ? 'other subscription' : `${left} other subscriptions`}`,
    hint,
  }),
  'grant-chosen': ({ refused, worked }) => ({
    level: 'info',
    text: `Zoom does not support the grant ${refused} for this app; ${worked} worked (--grant ${worked} saves the detour)`,
  }),
  malformed: ({ subscription, why, count }) => ({
    level: 'warning',
    text: `a frame could not be read (${why}) and was left out: subscription ${subscription}; --lifecycle, -o raw or -vv show it${soFar(count)}`,
  }),
  'invalid-utf8': ({ type, count }) => ({
    level: 'warning',
    text: `a frame held invalid UTF-8${type === '' ? '' : ` (event ${type})`}: the bytes became U+FFFD${soFar(count)}`,
  }),
  'unknown-module': ({ module, count }) => ({
    level: 'detail',
    text: `a frame of the unknown module "${module}" was passed over${soFar(count)}`,
  }),
  'reader-slow': () => ({
    level: 'warning',
    text: 'the reader of stdout is slow: reading from Zoom is paused until it catches up, heartbeats go on',
  }),
  'reader-stuck': () => ({
    level: 'warning',
    text: 'stdout is blocked; received events were lost',
  }),
  'reader-caught-up': ({ ms }) => ({
    level: 'info',
    text: `the reader of stdout caught up after ${formatDuration(ms)}`,
  }),
  lagging: ({ type, lagMs }) => ({
    level: 'warning',
    text: `events arrive late: ${type === '' ? 'an event' : type} came ${formatDuration(lagMs)} after it happened`,
  }),
  silence: ({ ms, received, filters, connected }) => ({
    level: 'info',
    text: `no output for ${formatDuration(ms)}: ${connected ? 'connected' : 'not connected'}, ${plural(received, 'event')} received${filters
      .map(({ filter, passed }) => `, ${passed} matched ${filter}`)
      .join('')}`,
  }),
  finished: ({ received, matched, repeats, gaps, gapMs }) => ({
    level: 'info',
    text: `done: ${received} received, ${matched} matched, ${plural(repeats, 'repeat')}, ${plural(gaps, 'gap')}${
      gaps === 0 ? '' : ` (${formatDuration(gapMs)} in all)`
    }`,
  }),
  forwarded: ({ delivered, retried, givenUp, waiting }) => ({
    level: givenUp === 0 ? 'info' : 'warning',
    text: `forwarded: ${delivered} delivered, ${retried} of them retried, ${givenUp} given up${waiting === 0 ? ', none waiting' : ` (${waiting} were still waiting)`}`,
  }),
  simulated: ({ text, detail }) => ({ level: detail ? 'detail' : 'info', text }),
  failed: ({ text, hint }) => ({ level: 'error', text, hint }),
};

const soFar = (count: number | undefined): string => (count === undefined || count < 2 ? '' : ` (${count} so far)`);

const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** The words for a notice. */
export const wordingOf = (notice: Notice): Wording => {
  const word = WORDS[notice.kind] as (notice: Notice) => Wording;
  return word(notice);
};
