import { isUtf8 } from 'node:buffer';
import type { Arrival } from '../../event/arrival.ts';
import { lifecycle } from '../../event/lifecycle.ts';
import { PackedEvent } from '../../event/packed-event.ts';
import { dial } from '../../link/dial.ts';
import { createPulse } from '../../link/pulse.ts';
import type { Notify } from '../../notice/notice.ts';
import type { Secret } from '../../secret.ts';
import type { Clock } from '../../time/clock.ts';
import { type Message, parseMessage, saysDisplaced } from '../../zoom/message.ts';
import { createUnpacker } from '../../zoom/unpack-event.ts';
import type { Inbox } from '../inbox.ts';
import { aborted, beside } from './beside.ts';
import { awaitAnswer } from './deadlines.ts';
import { type Ending, endingOf } from './ending.ts';
import { type HeartbeatOptions, heartbeats } from './heartbeat.ts';
import { createValve } from './valve.ts';

/** How long the other side may take to answer our close; what is in flight still arrives meanwhile. */
const CLOSE_MS = 2_000;

/** So many events may come before that answer; Zoom sends none. */
const MOST_EARLY = 1_000;

/** One connection to one subscription, first frame to last. */
export type Connection = {
  /** 'accepted' once Zoom has said so, or how it ended before that. The opening of the socket means nothing. */
  readonly outcome: Promise<'accepted' | Ending>;
  readonly ended: Promise<Ending>;
  /** How long ago it was last known to live, in milliseconds; at its end, as it was then. */
  silentMs(): number;
  /** Bytes received so far. */
  bytesRead(): number;
  /** Closes with 1000; what is in flight still arrives. */
  retire(): void;
  /** Cuts the connection, as a broken network would. */
  cut(): void;
  /** Whether reading waits for a slow reader. */
  isPaused(): boolean;
  /** A connection of our own is about to take its place: from now on "another client connected" means us. */
  expectSuccessor(): void;
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
  const pulse = createPulse(clock);
  let hasSuccessor = false;
  let early = 0;
  /** Why it will have ended, if that is known before the socket closes. */
  let verdict: Ending | undefined;

  // Where frames are looked at, every frame is made text.
  const unpack = wantsFrames || parts.showsFrames ? undefined : createUnpacker();

  const link = await dial(url, parts.proxy, (payload) => {
    const event = unpack?.(payload);
    pulse.heard();
    if (event) return emitEvent(new PackedEvent(event.text, event.type, clock.now(), subscription));
    const text = payload.toString();
    const message = parseMessage(text);
    notify({ kind: 'frame', direction: 'in', text });
    if (text.includes('\uFFFD') && !isUtf8(payload)) {
      notify({ kind: 'invalid-utf8', type: message.kind === 'event' ? message.type : '' });
    }
    take(message, text);
  });

  const emitEvent = (delivery: Arrival): void => {
    parts.emit(delivery);
    if (accepted.signal.aborted) return;
    early += 1;
    // Nothing can pause a connection that is not accepted yet: one that floods is ended.
    if (early > MOST_EARLY && parts.inbox.isFull()) giveUp('a flood of events before the answer to the connection');
  };

  const sendHeartbeat = (text: string): void => {
    notify({ kind: 'frame', direction: 'out', text });
    pulse.beat();
    link.send(text);
  };

  const decide = (ending: Ending): void => {
    if (verdict) return;
    verdict = ending;
    link.close();
    // The socket may be paused, and then would never see the end of its own closing.
    valve.resume();
    const closing = async (): Promise<void> => {
      await clock.sleep(CLOSE_MS, over.signal);
      closedAlone = true;
      link.terminate();
    };
    beside(closing(), over.signal);
  };

  const take = (message: Message, text: string): void => {
    const receivedAt = clock.now();
    if (message.kind === 'event') {
      // In the event's own text nothing is touched; what stands around it is no part of it.
      const frame = wantsFrames ? { frame: mask(text) } : undefined;
      return emitEvent({ kind: 'event', raw: message.raw, type: message.type, receivedAt, subscription, ...frame });
    }
    if (wantsFrames) parts.emit({ kind: 'control', frame: mask(text), receivedAt });
    switch (message.kind) {
      case 'accepted':
        return accept();
      case 'refused':
        return decide({ kind: 'refused', words: mask(message.why) });
      case 'displaced':
        return decide({ kind: 'displaced', words: mask(message.why) });
      case 'malformed':
        notify({ kind: 'malformed', why: message.why, subscription });
        return parts.emit(lifecycle('malformed', receivedAt, { why: message.why, frame: mask(text), subscription }));
      case 'unknown':
        return notify({ kind: 'unknown-module', module: message.module });
      case 'heartbeat':
        return pulse.answered();
      default:
        message satisfies never;
    }
  };

  const accept = (): void => {
    if (accepted.signal.aborted) return;
    accepted.abort();
    parts.onAccepted(connection);
    if (parts.inbox.isFull()) valve.pause();
    beside(beat(), over.signal);
  };

  /** Whether the other side did not answer our closing handshake, and so may have been dead for long. */
  let closedAlone = false;
  const ended = link.closed.then((end) => {
    over.abort();
    detach();
    // A close frame is a sign of life, and so is any answer to our closing or to our successor. A broken connection is not.
    const isSign = end.code !== 1006 || (!closedAlone && (verdict?.kind === 'asked' || (hasSuccessor && !verdict)));
    if (isSign) pulse.heard();
    // Let go for our own successor, it lived until that was accepted, however late we read of it.
    if (hasSuccessor && (verdict?.kind === 'displaced' || saysDisplaced(end.reason))) pulse.prove();
    // Its words go into notices, lifecycle events and recordings.
    const said = { ...end, reason: mask(end.reason), failure: end.failure && mask(end.failure) };
    return endingOf(said, verdict, hasSuccessor);
  });

  // Before Zoom's answer there is nothing to hold back, and the answer must be read.
  const valve = createValve(link, pulse, () => accepted.signal.aborted && !verdict);
  const detach = parts.inbox.attach(valve);

  const beat = async (): Promise<void> => {
    const line = { send: sendHeartbeat, bytesRead: link.bytesRead, wasPaused: valve.wasPaused, look: pulse.look };
    await heartbeats(line, parts.heartbeat, clock, over.signal);
    giveUp('silent: nothing came back after a heartbeat');
  };

  const giveUp = (reason: string): void => {
    verdict ??= { kind: 'lost', code: 1006, reason };
    link.terminate();
  };

  const answered = AbortSignal.any([accepted.signal, over.signal]);
  beside(awaitAnswer(link, clock, answered, giveUp), answered);

  const connection: Connection = {
    outcome: Promise.race([aborted(accepted.signal).then(() => 'accepted' as const), ended]),
    ended,
    silentMs: pulse.silentMs,
    bytesRead: link.bytesRead,
    retire: () => decide({ kind: 'asked' }),
    cut: () => link.terminate(),
    isPaused: valve.isPaused,
    expectSuccessor: () => {
      hasSuccessor = true;
    },
  };
  return connection;
};
