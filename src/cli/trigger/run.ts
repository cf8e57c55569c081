import { ZoomWsError } from '../../errors.ts';
import type { Host } from '../../host.ts';
import type { Notify } from '../../notice/notice.ts';
import { FAULTS, type FaultPlan, typeOf } from '../../simulator/index.ts';
import { formatDuration } from '../../time/duration.ts';
import { askSimulator } from './control-client.ts';
import { type TriggerWishes, triggerTexts } from './texts.ts';
import { undocumentedSettings } from './undocumented-settings.ts';

/** Well below what the simulator takes in one request. */
const REQUEST_CHARACTERS = 512 * 1024;

const NOBODY_HINT =
  'Connect a client first: "zoom-ws tail" with the settings that the simulator printed. --wait 30s waits for one.';

/** Beside the time that a request waits for a client. */
const PATIENCE_MS = 30_000;

/**
 * Sends the events, in requests of a handy size, and says who received them. The first of them waits `waitMs` for a client.
 * Resolves to what is wrong if nobody received any.
 */
export const sendEvents = async (
  host: Host,
  notify: Notify,
  url: string,
  wishes: TriggerWishes,
  waitMs: number | undefined,
  signal: AbortSignal,
): Promise<ZoomWsError | undefined> => {
  const types = new Set<string>();
  const { type, from, settings } = wishes;
  if (type !== undefined && from === undefined) (await undocumentedSettings(type, settings)).forEach(notify);
  let total = 0;
  let receivers = 0;
  let waiting: string[] = [];
  let size = 0;
  const flush = async () => {
    if (waiting.length === 0) return;
    const isFirst = total === 0 && waitMs !== undefined;
    const request = { events: waiting, ...(isFirst && { waitMs }) };
    const longest = PATIENCE_MS + (waitMs ?? 0);
    const patience = isFirst ? { stepMs: longest, wholeMs: longest } : undefined;
    receivers = Math.max(receivers, (await askSimulator(url, request, signal, patience)).receivers);
    total += waiting.length;
    waiting = [];
    size = 0;
  };
  for await (const text of triggerTexts(host, wishes)) {
    types.add(typeOf(text));
    waiting.push(text);
    size += text.length;
    if (size >= REQUEST_CHARACTERS) await flush();
  }
  await flush();
  const what = total === 1 ? [...types].join() : `${total} events (${[...types].slice(0, 5).join(', ')})`;
  if (receivers === 0) {
    return new ZoomWsError('not-found', `Sent, but nobody is connected to the simulator: nobody received ${what}.`, {
      hint: NOBODY_HINT,
    });
  }
  notify({ kind: 'note', text: `sent ${what} to ${clients(receivers)}` });
  return undefined;
};

/** Asks for the faults, in order, and says what they do. */
export const sendFaults = async (
  notify: Notify,
  url: string,
  faults: readonly (FaultPlan | 'none')[],
  signal: AbortSignal,
): Promise<void> => {
  for (const fault of faults) {
    if (fault === 'none') {
      await askSimulator(url, { clear: true }, signal);
      notify({ kind: 'note', text: 'all faults are off' });
      continue;
    }
    const { name, afterMs = 0 } = fault;
    const { receivers } = await askSimulator(url, { fault: { name, afterMs } }, signal);
    const { on, does } = FAULTS[name];
    if (afterMs > 0) {
      const whom =
        on === 'connection'
          ? `, for everyone who is connected then (now ${receivers === 0 ? 'nobody' : clients(receivers)})`
          : '';
      notify({ kind: 'note', text: `fault ${name} in ${formatDuration(afterMs).replace('.0s', 's')}${whom}: ${does}` });
    } else if (on === 'connection' && receivers === 0) {
      notify({
        kind: 'warning',
        text: `nobody is connected to the simulator: ${name} meets nobody now`,
        hint: NOBODY_HINT,
      });
    } else {
      const whom = on === 'connection' ? `, for ${clients(receivers)}` : '';
      notify({ kind: 'note', text: `fault ${name}${whom}: ${does}` });
    }
  }
};

const clients = (count: number): string => (count === 1 ? '1 client' : `${count} clients`);
