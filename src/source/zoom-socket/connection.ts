import { isUtf8 } from 'node:buffer';
import type { Secret } from '../../config/secret.ts';
import type { Notify } from '../../notice/notice.ts';
import type { Clock, EpochMs } from '../../time/clock.ts';
import { type Message, parseMessage, saysDisplaced } from '../../zoom/message.ts';
import { PackedEvent } from '../../zoom/packed-event.ts';
import { createUnpacker } from '../../zoom/unpack-event.ts';
import { POLICY_VIOLATION, statusRefuses } from '../../zoom/worth-retrying.ts';
import type { Arrival } from '../arrival.ts';
import { dial, type LinkEnd } from './dial.ts';
import { type Ending, lostEnding } from './ending.ts';
import { type HeartbeatOptions, heartbeats } from './heartbeat.ts';
import type { Inbox, Valve } from './inbox.ts';
import { lifecycle } from './lifecycle.ts';

/** An answer to the connection (`build_connection`) must come this soon after the upgrade. */
const ANSWER_MS = 15_000;

/** One connection to one subscription, first frame to last. */
export type Connection = {
  /** 'accepted' once Zoom has said so, or how it ended before that. The opening of the socket means nothing. */
  readonly outcome: Promise<'accepted' | Ending>;
  readonly ended: Promise<Ending>;
  /** The last moment at which something came from Zoom. */
  lastHeardAt(): EpochMs;
  /** Closes with 1000; what is in flight still arrives. */
  retire(): void;
  /** Cuts the connection, as a broken network would. */
  cut(): void;
  /** Whether a connection of our own is about to take its place: then "another client connected" means us. */
  expectSuccessor(expected: boolean): void;
};

export type ConnectionParts = {
  readonly subscription: string;
  readonly proxy: string | undefined;
  /** Takes what arrives, in order. */
  readonly emit: (arrival: Arrival) => void;
  /** Called in the very moment Zoom accepts, before any event is taken. */
  readonly onAccepted: (connection: Connection) => void;
  readonly inbox: Pick<Inbox, 'attach' | 'isFull'>;
  readonly heartbeat: HeartbeatOptions;
  /** Whether frames are wanted besides the events (`-o raw`). */
  readonly wantsFrames: boolean;
  /** Whether notices of frames are shown (`-vv`). */
  readonly showsFrames: boolean;
  readonly clock: Clock;
  readonly notify: Notify;
  readonly mask: (text: string) => string;
};

/** Opens a connection and speaks Zoom's protocol on it. Rejects only if dialling itself is impossible. */
export const openConnection = async (url: Secret, parts: ConnectionParts): Promise<Connection> => {
  const { clock, notify, mask, subscription, wantsFrames } = parts;
  const accepted = new AbortController();
  const over = new AbortController();
  let lastHeardAt = clock.now();
  let hasSuccessor = false;
  /** Why it will have ended, if that is known before the socket closes. */
  let verdict: Ending | undefined;

  // Where somebody looks at frames, every frame is made text.
  const unpack = wantsFrames || parts.showsFrames ? undefined : createUnpacker();

  const link = await dial(url, parts.proxy, (payload) => {
    lastHeardAt = clock.now();
    const event = unpack?.(payload);
    if (event) return parts.emit(new PackedEvent(event.text, event.type, lastHeardAt, subscription));
    const text = payload.toString();
    const message = parseMessage(text);
    notify({ kind: 'frame', direction: 'in', text });
    if (text.includes('\uFFFD') && !isUtf8(payload)) {
      notify({ kind: 'invalid-utf8', type: message.kind === 'event' ? message.type : '' });
    }
    take(message, text);
  });

  const send = (text: string): void => {
    notify({ kind: 'frame', direction: 'out', text });
    link.send(text);
  };

  const decide = (ending: Ending): void => {
    verdict ??= ending;
    link.close();
    // The socket may be paused, and then would never see the end of its own closing.
    link.resume();
  };

  const take = (message: Message, text: string): void => {
    const receivedAt = lastHeardAt;
    if (message.kind === 'event') {
      const frame = wantsFrames ? { frame: text } : undefined;
      return parts.emit({ kind: 'event', raw: message.raw, type: message.type, receivedAt, subscription, ...frame });
    }
    if (wantsFrames) parts.emit({ kind: 'control', frame: mask(text), receivedAt });
    switch (message.kind) {
      case 'accepted':
        return accept();
      case 'refused':
        return decide({ kind: 'refused', words: message.why });
      case 'displaced':
        return decide({ kind: 'displaced', words: message.why });
      case 'malformed':
        notify({ kind: 'malformed', why: message.why, subscription });
        return parts.emit(lifecycle('malformed', receivedAt, { why: message.why, frame: mask(text), subscription }));
      case 'unknown':
        return notify({ kind: 'unknown-module', module: message.module });
      case 'heartbeat':
        return;
      default:
        message satisfies never;
    }
  };

  const accept = (): void => {
    if (accepted.signal.aborted) return;
    accepted.abort();
    parts.onAccepted(connection);
    if (parts.inbox.isFull()) valve.pause();
    watch(beat(), over.signal);
  };

  const endOf = (end: LinkEnd): Ending => {
    const displaced = saysDisplaced(end.reason) ? { kind: 'displaced' as const, words: end.reason } : undefined;
    const known = verdict ?? displaced;
    if (known?.kind === 'displaced' && hasSuccessor) {
      return { kind: 'lost', code: end.code, reason: 'replaced by our own new connection' };
    }
    if (known) return known;
    if (end.status !== undefined && statusRefuses(end.status)) {
      return { kind: 'refused', words: `HTTP ${end.status} at the upgrade` };
    }
    if (end.code === POLICY_VIOLATION) return { kind: 'refused', words: `close code 1008 ${end.reason}`.trim() };
    return lostEnding(end);
  };

  const ended = link.closed.then((end) => {
    // A close frame is a sign of life; a broken connection is not.
    if (end.code !== 1006) lastHeardAt = clock.now();
    over.abort();
    detach();
    return endOf(end);
  });

  const valve: Valve = {
    pause: () => {
      // Before Zoom's answer there is nothing to hold back, and the answer must be read.
      if (accepted.signal.aborted && verdict === undefined) link.pause();
    },
    resume: () => link.resume(),
  };
  const detach = parts.inbox.attach(valve);

  const beat = async (): Promise<void> => {
    await heartbeats({ ...link, send }, parts.heartbeat, parts.inbox.isFull, clock, over.signal);
    verdict ??= { kind: 'lost', code: 1006, reason: 'silent: nothing came back after a heartbeat' };
    link.terminate();
  };

  const answered = AbortSignal.any([accepted.signal, over.signal]);
  const answerDeadline = async (): Promise<void> => {
    await Promise.race([link.opened, link.closed]);
    await clock.sleep(ANSWER_MS, answered);
    verdict ??= { kind: 'lost', code: 1006, reason: `no answer to the connection within ${ANSWER_MS / 1000} s` };
    link.terminate();
  };
  watch(answerDeadline(), answered);

  const connection: Connection = {
    outcome: Promise.race([once(accepted.signal), ended]),
    ended,
    lastHeardAt: () => lastHeardAt,
    retire: () => decide({ kind: 'asked' }),
    cut: () => link.terminate(),
    expectSuccessor: (expected) => {
      hasSuccessor = expected;
    },
  };
  return connection;
};

const once = (signal: AbortSignal): Promise<'accepted'> =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve('accepted')));

/** Work beside the main loop that is ended by a signal: its abort is its normal end, anything else is a bug. */
const watch = (work: Promise<void>, signal: AbortSignal): void => {
  work.catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
};
