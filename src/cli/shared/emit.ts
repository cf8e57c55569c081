import type { Arrivals } from '../../event/arrival.ts';
import { EXIT_FAILED, EXIT_OK, EXIT_TIMED_OUT } from '../../exit-codes.ts';
import type { Aside } from '../../flow/aside.ts';
import { type PumpParts, pump } from '../../flow/pump.ts';
import type { Outlet } from '../../outlet/outlet.ts';
import type { Clock } from '../../time/clock.ts';
import { finishedOrStuck, type Stop } from './stop.ts';

/** How emitting ended, where nothing was thrown. */
export type Emitted = {
  readonly reachedLimit: boolean;
  /** The reader has gone: a normal end. */
  readonly readerGone: boolean;
  /** A reader took nothing although a stop was asked for. What is stuck in a pipe would keep the process alive for ever. */
  readonly isStuck: boolean;
};

export type EmitDeps = {
  readonly stop: Stop;
  readonly clock: Clock;
  /** What outlets have to tell, if one of them tells anything. */
  readonly aside?: Aside | undefined;
  /** Hears that a reader is given up. */
  readonly onStuck?: () => void;
};

/**
 * Pumps what arrives into the outlets until the source ends, the limit is reached, a required outlet is gone or a stop is
 * asked for. A reader that then takes nothing is given up, so that what waited behind it still reaches the other outlets.
 */
export const emit = async (
  arrivals: Arrivals,
  parts: PumpParts,
  { stop, clock, aside, onStuck }: EmitDeps,
): Promise<Emitted> => {
  const { outlets, tally, limit } = parts;
  for (const { gone, isRequired } of outlets) if (isRequired) gone.addEventListener('abort', stop.now);
  const work = async (): Promise<void> => {
    await pump(aside ? aside.beside(arrivals) : arrivals, parts);
    await Promise.all(outlets.map(({ reader }) => reader?.caughtUp()));
  };
  const working = work();
  const isStuck = (await finishedOrStuck(working, stop.signal, clock)) === 'stuck';
  if (isStuck) {
    onStuck?.();
    for (const { reader } of outlets) reader?.abandon();
    await finishedOrStuck(working, stop.signal, clock);
  }
  if (aside !== undefined) {
    // Nothing more is to come while what was taken is still on its way.
    stop.now();
    await Promise.all(outlets.map((outlet) => outlet.drain?.()));
    await tellLast(outlets, aside, tally.emitted + 1, isStuck);
  }
  return {
    reachedLimit: tally.emitted >= limit,
    readerGone: !isStuck && outlets.some(({ reader, gone }) => reader !== undefined && gone.aborted),
    isStuck,
  };
};

/** The exit status, once the outlets are closed: a run that gave something up has not ended well. */
export const statusWith = (outlets: readonly Outlet[], status: number): number => {
  const wouldEndWell = status === EXIT_OK || status === EXIT_TIMED_OUT;
  return wouldEndWell && outlets.some((outlet) => outlet.hasGivenUp?.()) ? EXIT_FAILED : status;
};

/** What was told after the last batch goes to every outlet that can still take it. */
const tellLast = async (outlets: readonly Outlet[], aside: Aside, seq: number, isStuck: boolean): Promise<void> => {
  const told = aside.take();
  const open = outlets.filter(({ gone, drain, reader }) => !gone.aborted && !drain && !(isStuck && reader));
  if (told.length === 0) return;
  await Promise.all(open.map((outlet) => outlet.take(told, seq)));
  await Promise.all(open.map(({ reader }) => reader?.caughtUp()));
};

/** The number of events to emit, from `--limit`. */
export const limitOf = ({ limit }: { readonly limit: number | undefined }): number => limit ?? Number.POSITIVE_INFINITY;
