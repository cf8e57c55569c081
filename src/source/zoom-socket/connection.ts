import { dial } from '../../link/dial.ts';
import type { Secret } from '../../secret.ts';
import type { Clock } from '../../time/clock.ts';
import { NO_CLOSE_FRAME } from '../../zoom/close-codes.ts';
import type { Inbox } from '../inbox.ts';
import { beside } from './beside.ts';
import { awaitAnswer, closeUnanswered, lingers } from './deadlines.ts';
import { type Ending, endingOf } from './ending.ts';
import { createFrameReader, type FrameParts, type Signal } from './frames.ts';
import { HEARTBEAT, type HeartbeatOptions, heartbeats } from './heartbeat.ts';
import { type Phase, verdictIn } from './phase.ts';
import { createProofOfLife } from './proof-of-life.ts';
import { createValve } from './valve.ts';

/**
 * So much may come before the answer to the connection, all frames together; Zoom sends nothing. Nothing can pause a
 * connection that is not accepted yet, because the answer must be read: one that floods is ended.
 */
const MOST_EARLY = 16 * 1024 * 1024;
/** What a frame costs besides its bytes, once it is read and waits. */
const FRAME_OVERHEAD = 1024;

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
  /** That one was accepted. */
  giveWay(to: Connection): void;
  /** The one that took its place, if Zoom said so. */
  heir(): Connection | undefined;
};

export type ConnectionParts = FrameParts & {
  readonly proxy: string | undefined;
  /** Called in the very moment Zoom accepts, before any event that follows is taken. */
  readonly onAccepted: (connection: Connection) => void;
  /** Hears how long each heartbeat took to be answered, in milliseconds. */
  readonly onHeartbeat?: (roundTripMs: number) => void;
  readonly inbox: Pick<Inbox, 'attach'>;
  readonly heartbeat: HeartbeatOptions;
  readonly clock: Clock;
};

/** Opens a connection and speaks Zoom's protocol on it. Rejects only if dialling itself is impossible. */
export const openConnection = async (url: Secret, parts: ConnectionParts): Promise<Connection> => {
  const { clock, notify, mask } = parts;
  const life = createProofOfLife<Connection>(clock);
  const readFrame = createFrameReader(parts);
  const answered = new AbortController();
  const over = new AbortController();
  let phase: Phase = { kind: 'unanswered' };
  let early = 0;
  let tellOutcome: (outcome: 'accepted' | Ending) => void = () => {};
  const outcome = new Promise<'accepted' | Ending>((resolve) => {
    tellOutcome = resolve;
  });

  const onFrame = (payload: Buffer): void => {
    life.heard();
    early += FRAME_OVERHEAD;
    const signal = readFrame(payload);
    if (signal) act(signal);
  };
  const onRead = (): void => {
    if (phase.kind === 'unanswered' && early + link.bytesRead() > MOST_EARLY) {
      giveUp('a flood of frames before the answer to the connection');
    }
  };
  const link = await dial(url, parts.proxy, onFrame, { onRead, hasOwnDeadline: true });

  const act = (signal: Signal): void => {
    switch (signal.kind) {
      case 'accepted':
        return accept();
      case 'refused':
        return close({ kind: 'refused', words: mask(signal.why) });
      case 'displaced':
        return close({ kind: 'displaced', words: mask(signal.why) });
      case 'heartbeat': {
        const roundTripMs = life.answered();
        if (roundTripMs !== undefined) parts.onHeartbeat?.(roundTripMs);
        return;
      }
      default:
        signal satisfies never;
    }
  };

  const accept = (): void => {
    if (phase.kind !== 'unanswered') return;
    phase = { kind: 'live' };
    answered.abort();
    parts.onAccepted(connection);
    valve.allow();
    tellOutcome('accepted');
    beside(beat(), over.signal);
  };

  const send = (text: string): void => {
    notify({ kind: 'frame', direction: 'out', text });
    life.beat();
    link.send(text);
  };

  const beat = async (): Promise<void> => {
    const line = {
      send,
      bytesRead: link.bytesRead,
      wasPaused: valve.wasPaused,
      look: life.look,
    };
    await heartbeats(line, parts.heartbeat, clock, over.signal);
    giveUp('silent: nothing came back after a heartbeat');
  };

  const close = (why: Ending): void => {
    if (phase.kind !== 'unanswered' && phase.kind !== 'live') return;
    phase = { kind: 'closing', why };
    answered.abort();
    // The socket may be paused, and then would never see the end of its own closing.
    valve.open();
    // After a pause or a standstill only an answer tells whether it still lived.
    if (life.isInDoubt()) send(HEARTBEAT);
    link.close();
    const cutAlone = closeUnanswered(clock, over.signal).then(() => cut(why, true));
    beside(cutAlone, over.signal);
  };

  const cut = (why: Ending, isAlone = false): void => {
    if (phase.kind !== 'over') phase = { kind: 'cut', why: verdictIn(phase) ?? why, isAlone };
    link.terminate();
  };

  const giveUp = (reason: string): void => cut({ kind: 'lost', code: NO_CLOSE_FRAME, reason });

  const ended = link.closed.then((end) => {
    life.end(end, phase);
    // Its words go into notices, lifecycle events and recordings.
    const said = { ...end, reason: mask(end.reason), failure: end.failure && mask(end.failure) };
    const ending = endingOf(said, verdictIn(phase), life.hasSuccessor());
    phase = { kind: 'over', ending };
    answered.abort();
    over.abort();
    detach();
    tellOutcome(ending);
    return ending;
  });

  const valve = createValve(link, life);
  const detach = parts.inbox.attach(valve);
  beside(lingers(link, life.goodbye, clock, over.signal).then(link.terminate), over.signal);
  beside(awaitAnswer(link, clock, answered.signal, giveUp), answered.signal);

  const connection: Connection = {
    outcome,
    ended,
    silentMs: life.silentMs,
    bytesRead: link.bytesRead,
    retire: () => close({ kind: 'asked' }),
    cut: () => link.terminate(),
    isPaused: valve.isPaused,
    expectSuccessor: life.expectSuccessor,
    giveWay: life.giveWay,
    heir: life.heir,
  };
  return connection;
};
