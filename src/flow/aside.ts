import type { Arrival, Arrivals, Lifecycle } from '../event/arrival.ts';

/** `zoom_ws.*` events that an outlet has to tell: they take their place among what the source brings. */
export type Aside = {
  tell(event: Lifecycle): void;
  /** The source's arrivals, with what was told in between. */
  beside(arrivals: Arrivals): Arrivals;
  /** What was told since the last batch. */
  take(): readonly Lifecycle[];
};

export const createAside = (): Aside => {
  let told: Lifecycle[] = [];
  let wake = (): void => {};
  const take = (): readonly Lifecycle[] => {
    const events = told;
    told = [];
    return events;
  };
  async function* beside(arrivals: Arrivals): AsyncGenerator<readonly Arrival[]> {
    const source = arrivals[Symbol.asyncIterator]();
    let next: Promise<IteratorResult<readonly Arrival[], unknown>> | undefined;
    let hasCome = false;
    try {
      for (;;) {
        hasCome = false;
        next = source.next();
        const come = (): void => {
          hasCome = true;
          wake();
        };
        next.then(come, come);
        while (!hasCome) {
          if (told.length > 0) yield take();
          else
            await new Promise<void>((resolve) => {
              wake = resolve;
            });
        }
        const { value, done } = await next;
        if (done) return;
        yield value;
      }
    } finally {
      // One that still waits for the network would keep us waiting with it.
      void source.return?.()?.catch(() => {});
    }
  }
  return {
    take,
    beside,
    tell(event) {
      told.push(event);
      wake();
    },
  };
};
