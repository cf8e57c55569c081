import type { Outlet } from '../../outlet/outlet.ts';
import type { OutletContext } from './kind.ts';

/** Handing on to an HTTP handler; loaded only where it was asked for. */
export const openForward = async (_values: unknown, context: OutletContext): Promise<Outlet | undefined> => {
  const { onward, aside, stop, notify, isInterrupted } = context;
  const { clock, random, pid } = context.host;
  if (onward?.forward === undefined || aside === undefined || stop === undefined) return undefined;
  const { httpOutlet } = await import('../../outlet/http/index.ts');
  return httpOutlet(onward.forward, {
    ...{ clock, random, pid, notify, tell: aside.tell, stopped: stop.signal },
    isInterrupted,
  });
};
