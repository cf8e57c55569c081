import { reasonOf, ZoomWsError } from '../../errors.ts';
import type { Arrival } from '../../event/arrival.ts';
import type { Notify } from '../../notice/notice.ts';
import type { Spool } from '../../spool/index.ts';
import type { Clock } from '../../time/clock.ts';
import type { Outlet } from '../outlet.ts';
import { createPublishCounts } from './counts.ts';
import type { Destination } from './destination.ts';
import { createEngineLink } from './engine-link.ts';
import { spoolLine } from './item.ts';
import { publishFromSpool } from './publisher.ts';
import { createRefusedFile } from './refused-file.ts';

export type { Destination, Item, Outcome, Session } from './destination.ts';

/** The destination gets this long to refuse before Zoom is connected. */
const START_MS = 1_000;
/** At the end, this long is waited for confirmations. */
const LAST_MS = 10_000;
/** A disk that is full is tried again this often. */
const FULL_DISK_MS = 5_000;
/** How often a full spool is looked at. */
const LOOK_MS = 100;

export type PublishParts = {
  readonly destination: Destination;
  readonly spool: Spool;
  /** The spool's folder. */
  readonly folder: string;
  /** Bytes that may wait in the spool before the source is held back. */
  readonly most: number;
  readonly clock: Clock;
  readonly random: () => number;
  readonly notify: Notify;
  /** Whether a signal ended the run: then what waits is no failure, because a restart sends it. */
  readonly isInterrupted: () => boolean;
  /** Lets go of the folder. */
  readonly release: () => Promise<void>;
};

/**
 * Publishes events through a spool: into it first, on its way from there. Throws `refused` where the destination says no
 * within a second; one that cannot be reached holds nothing up.
 */
export const publishOutlet = async (parts: PublishParts): Promise<Outlet> => {
  const { destination, spool, clock, notify } = parts;
  const { shown } = destination;
  const counts = createPublishCounts();
  const link = createEngineLink({ ...parts, waiting: () => sizeText(spool.waiting()) });
  await askAtStart(link, clock);
  notify({ kind: 'note', text: `publishing to ${shown}` });

  const stop = new AbortController();
  const gone = new AbortController();
  let failure: unknown;
  const refused = createRefusedFile(parts.folder, shown, notify);
  const publishing = publishFromSpool({ spool, link, destination, counts, refused }, stop.signal).catch(
    (error: unknown) => {
      if (stop.signal.aborted) return;
      failure = error;
      gone.abort();
    },
  );

  const append = async (lines: Buffer): Promise<void> => {
    for (let isFirst = true; ; isFirst = false) {
      try {
        return await spool.append(lines);
      } catch (error) {
        if (isFirst)
          notify({ kind: 'warning', text: `the spool cannot be written (${reasonOf(error)}): reading waits` });
        await clock.sleep(FULL_DISK_MS, gone.signal);
      }
    }
  };
  const room = async (): Promise<void> => {
    if (spool.waiting() < parts.most) return;
    notify({
      kind: 'warning',
      text: `the spool is full (${sizeText(spool.waiting())}): reading waits until ${shown} takes more`,
    });
    while (spool.waiting() >= parts.most && !gone.signal.aborted) await clock.sleep(LOOK_MS);
  };
  const confirmed = async (): Promise<void> => {
    const until = clock.monotonic() + LAST_MS;
    while (spool.waiting() > 0 && !link.isDown() && clock.monotonic() < until) await clock.sleep(LOOK_MS / 10);
  };

  let left = 0;
  return {
    gone: gone.signal,
    isRequired: true,
    async take(batch, firstSeq) {
      const wanted = destination.takesLifecycle ? batch : batch.filter(({ kind }) => kind === 'event');
      const lines = linesOf(wanted, firstSeq);
      if (lines.length === 0) return;
      await append(lines);
      await room();
    },
    async close() {
      await confirmed();
      stop.abort();
      await publishing;
      left = spool.waiting();
      await link.close();
      await spool.close();
      await parts.release();
      notify({
        kind: 'note',
        text: `${shown}: ${counts.published} published, ${counts.alreadyThere} already there, ${left === 0 ? 'nothing' : sizeText(left)} waiting, ${counts.refused} refused`,
      });
      if (failure !== undefined) {
        throw new ZoomWsError('output', `The spool failed: ${reasonOf(failure)}.`, { cause: failure });
      }
    },
    hasGivenUp: () => counts.refused > 0 || (left > 0 && !parts.isInterrupted()),
  };
};

const askAtStart = async (link: ReturnType<typeof createEngineLink>, clock: Clock): Promise<void> => {
  const stop = new AbortController();
  const asking = link.tryOnce(stop.signal).catch((error: unknown) => {
    // One that cannot be reached is tried again, beside everything else, and said then.
    if (error instanceof ZoomWsError && error.code === 'refused') throw error;
  });
  const timer = clock.sleep(START_MS, stop.signal).catch(() => {});
  await Promise.race([asking, timer]);
  stop.abort();
};

const linesOf = (batch: readonly Arrival[], firstSeq: number): Buffer => {
  let seq = firstSeq;
  let text = '';
  for (const arrival of batch) {
    text += spoolLine(arrival, seq) ?? '';
    if (arrival.kind === 'event') seq += 1;
  }
  return Buffer.from(text);
};

const sizeText = (bytes: number): string =>
  bytes < 10_000
    ? `${bytes} bytes`
    : bytes < 10_000_000
      ? `${Math.round(bytes / 1e3)} kB`
      : `${Math.round(bytes / 1e6)} MB`;
