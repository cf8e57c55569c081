import type { Secret } from '../secret.ts';
import type { Subscription } from '../zoom/subscription.ts';
import { type Line, openLine } from './line.ts';
import { createSemantics, type Semantics } from './semantics.ts';
import type { DoctorWorld } from './world.ts';

/** The connections of this run, one to each subscription, and what came over them. */
export type Session = {
  /** Opens them all and waits for Zoom's answers. */
  open(subscriptions: readonly Subscription[], token: Secret): Promise<readonly Line[]>;
  /** Begins to wait for events. */
  listen(): void;
  /** Resolves when the time for listening is over, or earlier if every connection has ended. */
  listened(): Promise<void>;
  /** How long it has listened so far: less than asked for where the connections ended early. */
  listenedMs(): number;
  /** Resolves with the first event that counts, and never if none comes. */
  readonly firstCounted: Promise<void>;
  readonly lines: () => readonly Line[];
  readonly semantics: Semantics;
  readonly received: () => {
    readonly counted: number;
    readonly types: ReadonlyMap<string, number>;
    readonly odd: number;
  };
  /** Cuts every connection and opens it again. */
  reopen(token: Secret): Promise<readonly Line[]>;
  /** Closes what is open; resolves when it is. */
  close(): Promise<void>;
};

/** Zoom has some 300 event types; further ones are counted together. */
const MOST_TYPES = 1000;
/** And their names have at most some sixty characters. */
const LONGEST_TYPE = 100;

export const createSession = (
  deps: Pick<DoctorWorld, 'env' | 'clock' | 'secrets' | 'notify' | 'options' | 'signal'> & {
    /** Told when it begins to listen, and how long it will, in milliseconds. */
    readonly onListening?: (waitMs: number) => void;
  },
): Session => {
  const { clock, options, signal } = deps;
  const semantics = createSemantics();
  const types = new Map<string, number>();
  /** Every connection ever opened: all are closed at the end, whatever happened in between. */
  const opened: Line[] = [];
  let lines: readonly Line[] = [];
  let counted = 0;
  let odd = 0;
  let isListening = false;
  let begunAt: number | undefined;
  let endedAt: number | undefined;
  let listened: Promise<void> = Promise.resolve();
  let tellCounted = () => {};
  const firstCounted = new Promise<void>((resolve) => {
    tellCounted = resolve;
  });

  const dialAll = async (subscriptions: readonly Subscription[], token: Secret): Promise<readonly Line[]> => {
    const dialled = await Promise.all(
      subscriptions.map(async (subscription) => {
        const line = await openLine(subscription, token, {
          ...deps,
          onArrival(arrival) {
            if (arrival.kind === 'lifecycle') odd += 1;
            if (arrival.kind !== 'event') return;
            const type = arrival.type.slice(0, LONGEST_TYPE);
            const name = types.has(type) || types.size < MOST_TYPES ? type : '';
            types.set(name, (types.get(name) ?? 0) + 1);
            if (isListening) semantics.add(arrival);
            if (!options.keep.keeps(arrival)) return;
            counted += 1;
            tellCounted();
          },
        });
        opened.push(line);
        if (signal.aborted) line.connection.retire();
        return line;
      }),
    );
    await Promise.all(dialled.map(({ outcome }) => outcome));
    return dialled;
  };

  return {
    firstCounted,
    semantics,
    lines: () => lines,
    received: () => ({ counted, types, odd }),
    async open(subscriptions, token) {
      isListening = true;
      lines = await dialAll(subscriptions, token);
      return lines;
    },
    listenedMs: () => (begunAt === undefined ? 0 : (endedAt ?? clock.monotonic()) - begunAt),
    listen() {
      begunAt = clock.monotonic();
      deps.onListening?.(options.waitMs);
      const over = new AbortController();
      const whole = clock.sleep(options.waitMs, AbortSignal.any([signal, over.signal])).then(
        () => true,
        () => false,
      );
      const gone = Promise.all(lines.map(({ ended }) => ended)).then(() => false);
      listened = Promise.race([whole, gone]).then((isWhole) => {
        isListening = false;
        endedAt = isWhole && begunAt !== undefined ? begunAt + options.waitMs : clock.monotonic();
        over.abort();
      });
    },
    listened: () => listened,
    async reopen(token) {
      const before = lines;
      for (const { connection } of before) connection.cut();
      await Promise.all(before.map(({ ended }) => ended));
      lines = await dialAll(
        before.map(({ subscription }) => subscription),
        token,
      );
      return lines;
    },
    async close() {
      for (const { connection } of opened) connection.retire();
      await Promise.all(opened.map(({ ended }) => ended));
    },
  };
};
