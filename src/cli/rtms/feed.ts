import { existsSync, readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { reasonOf, ZoomWsError } from '../../errors.ts';
import type { Arrival, Arrivals } from '../../event/arrival.ts';
import type { Host } from '../../host.ts';
import type { Notify } from '../../notice/notice.ts';
import { openInputs, readRecordings } from '../../recording/index.ts';
import type { Receiver, StreamNews } from '../../rtms/index.ts';
import { isStreamNews, readJoin, readStreamNews } from '../../rtms/index.ts';
import { untilAborted } from '../../source/replay/index.ts';
import { createDamageReport } from '../shared/damage-report.ts';

/** A start event older than this is tried all the same, with a warning: Zoom waits about as long for us. */
const OLD_MS = 60_000;

/** Where news of streams comes from. Resolves when no more will come. */
export type Feed = (receiver: Receiver, parts: FeedParts) => Promise<void>;

export type FeedParts = {
  readonly notify: Notify;
  readonly signal: AbortSignal;
  /** For what of the source is to be shown besides (`--lifecycle`). */
  readonly emit: (arrival: Arrival) => void;
};

/** The one stream of a start event, given as JSON, as a file or on stdin (`-`). Throws `usage` naming each bad field. */
export const readJoinEvent = async (given: string, host: Host): Promise<StreamNews & { readonly kind: 'started' }> => {
  const text = given.trimStart().startsWith('{') ? given : await textOf(given, host);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new ZoomWsError('usage', `--join: expected one start event as JSON, but it cannot be read as that.`, {
      hint: JOIN_HINT,
    });
  }
  const news = readJoin(value);
  if (news.kind === 'started') return news;
  const complaints = news.kind === 'malformed' ? news.complaints : [];
  throw new ZoomWsError('usage', complaints.map((complaint) => `--join: ${complaint}.`).join('\n'), {
    hint: JOIN_HINT,
  });
};

const JOIN_HINT =
  'A start event has rtms_stream_id, server_urls and an id such as meeting_uuid: {"event":"meeting.rtms_started","payload":{…}}.';

const textOf = async (given: string, { cwd, stdin }: Host): Promise<string> => {
  if (given === '-') {
    const chunks: Buffer[] = [];
    for await (const chunk of stdin) chunks.push(Buffer.from(chunk as Uint8Array));
    return Buffer.concat(chunks).toString('utf8');
  }
  try {
    return readFileSync(resolve(cwd, given), 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    throw new ZoomWsError(
      'usage',
      `--join "${given}": expected a start event as JSON, or a file with one (${reasonOf(error)}).`,
      { hint: JOIN_HINT },
    );
  }
};

export const joinFeed =
  (news: StreamNews): Feed =>
  async (receiver) =>
    receiver.hear(news);

/** News out of a recording or of what `tail` prints. A file is read to its end first: what has stopped is not tried. */
export const recordingFeed =
  (name: string, host: Host): Feed =>
  async (receiver, { notify, signal }) => {
    const inputs = await openInputs([name], { cwd: host.cwd, stdin: () => host.stdin });
    const damage = createDamageReport(notify);
    const batches = readRecordings(inputs, {
      wants: isStreamNews,
      onDamage: damage.tell,
      counts: { events: 0, damaged: 0 },
    });
    const isFile = name !== '-' && existsSync(resolve(host.cwd, name)) && statSync(resolve(host.cwd, name)).isFile();
    const hear = (news: StreamNews): void => {
      if (news.kind === 'started') warnIfOld(news.start.at, news.start.streamId, host.clock.now(), notify);
      receiver.hear(news);
    };
    try {
      const all: StreamNews[] = [];
      for await (const news of newsIn(untilAborted(batches, signal))) {
        if (isFile) all.push(news);
        else hear(news);
      }
      for (const news of withoutStopped(all)) hear(news);
    } finally {
      damage.summarize();
      await Promise.all(inputs.map((input) => input.close()));
    }
  };

/** News in what arrives; everything else is passed over. */
export async function* newsIn(arrivals: Arrivals, other?: (arrival: Arrival) => void): AsyncGenerator<StreamNews> {
  for await (const batch of arrivals) {
    for (const arrival of batch) {
      if (arrival.kind !== 'event' || !isStreamNews(arrival.type)) {
        other?.(arrival);
        continue;
      }
      const news = readStreamNews(JSON.parse(arrival.raw));
      if (news) yield news;
    }
  }
}

/** Starts that are followed by their stop are left out; the stops stay, for what they say of streams that were saved. */
const withoutStopped = (all: readonly StreamNews[]): readonly StreamNews[] =>
  all.filter(
    (news, index) =>
      news.kind !== 'started' ||
      !all.slice(index + 1).some((later) => later.kind === 'stopped' && later.streamId === news.start.streamId),
  );

const warnIfOld = (at: number | undefined, streamId: string, now: number, notify: Notify): void => {
  if (at === undefined || now - at <= OLD_MS) return;
  notify({
    kind: 'warning',
    text: `the start event of stream ${streamId} is ${Math.round((now - at) / 1000)} s old: Zoom may no longer wait for us; trying it`,
  });
};
