import type { LinkEnd } from '../../link/dial.ts';
import { createPulse, type Pulse } from '../../link/pulse.ts';
import type { Clock } from '../../time/clock.ts';
import { NO_CLOSE_FRAME } from '../../zoom/close-codes.ts';
import { saysDisplaced } from '../../zoom/message.ts';
import { type Phase, verdictIn } from './phase.ts';

/** What is known of a connection's life: until when it lived, and whether another of ours went on where it ended. */
export type ProofOfLife<Successor> = Pulse & {
  /** A connection of our own is about to take its place: from now on "another client connected" may mean us. */
  expectSuccessor(): void;
  hasSuccessor(): boolean;
  /** That one was accepted. */
  giveWay(successor: Successor): void;
  /**
   * The one that took its place, if Zoom said so: then Zoom sent to this one until it accepted that one, however late we
   * read of it.
   */
  heir(): Successor | undefined;
  /** The other side has begun to close: its close frame is the last that it sends, however long the socket then stays. */
  goodbye(): void;
  /** It has ended: what that proves. `phase` is the one before. */
  end(end: LinkEnd, phase: Phase): void;
};

export const createProofOfLife = <Successor>(clock: Pick<Clock, 'now' | 'monotonic'>): ProofOfLife<Successor> => {
  const pulse = createPulse(clock);
  let hasSuccessor = false;
  let successor: Successor | undefined;
  let isDisplaced = false;
  let hasSaidGoodbye = false;

  /** Whether the end itself is a sign of life: an answer to our closing or to our successor. A broken connection is not. */
  const isSign = (end: LinkEnd, phase: Phase): boolean => {
    if (hasSaidGoodbye) return false;
    if (end.code !== NO_CLOSE_FRAME) return true;
    if (phase.kind === 'cut' && phase.isAlone) return false;
    const verdict = verdictIn(phase);
    return verdict?.kind === 'asked' || (hasSuccessor && verdict === undefined);
  };

  return {
    ...pulse,
    expectSuccessor() {
      hasSuccessor = true;
    },
    hasSuccessor: () => hasSuccessor,
    giveWay(to) {
      successor = to;
    },
    heir: () => (isDisplaced ? successor : undefined),
    goodbye() {
      pulse.heard();
      hasSaidGoodbye = true;
    },
    end(end, phase) {
      if (isSign(end, phase)) pulse.heard();
      isDisplaced = verdictIn(phase)?.kind === 'displaced' || saysDisplaced(end.reason);
    },
  };
};
