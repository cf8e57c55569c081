import { ZoomWsError } from '../../errors.ts';
import { explainSilence } from '../../flow/silence.ts';
import { createTally } from '../../flow/tally.ts';
import type { Host } from '../../host.ts';
import { withoutPayload } from '../../notice/without-payload.ts';
import { createReceiver, type StreamEnd, type StreamEvent, type StreamStart } from '../../rtms/index.ts';
import { createInbox } from '../../source/inbox.ts';
import type { Invocation } from '../command.ts';
import { closeOutlets } from '../outlets/index.ts';
import { type Emitted, emit as emitAll, limitOf } from '../shared/emit.ts';
import { keepOf } from '../shared/filter-flags.ts';
import { redactorOf } from '../shared/redact-flags.ts';
import { createStop, type Stop } from '../shared/stop.ts';
import { createStatsReport } from '../tail/stats-report.ts';
import { supervise } from '../tail/supervision.ts';
import { endings } from './endings.ts';
import type { Feed } from './feed.ts';
import type { RtmsValues } from './flags.ts';
import type { RtmsKeys } from './keys.ts';
import { openRtmsOutlets, rtmsOutputKind } from './outlets.ts';
import { openPipes } from './pipes.ts';
import { openKeeping } from './takers.ts';
import { wantsOf } from './wants.ts';
import { wishesOf } from './wishes.ts';

/** Runs `rtms` to its end. `endsWithThem`: the run ends with the last stream (`--from`, `--join`). */
export const runRtms = async (
  host: Host,
  invocation: Invocation,
  values: RtmsValues,
  feed: Feed,
  keys: RtmsKeys,
  endsWithThem: boolean,
): Promise<number> => {
  const stop = createStop(host, values.for);
  try {
    return await rtmsUntil(stop, host, invocation, values, feed, keys, endsWithThem);
  } finally {
    stop.now();
    stop.release();
  }
};

const rtmsUntil = async (
  stop: Stop,
  host: Host,
  { general, notify, secrets }: Invocation,
  values: RtmsValues,
  feed: Feed,
  keys: RtmsKeys,
  endsWithThem: boolean,
): Promise<number> => {
  const { clock, env } = host;
  const redact = await redactorOf(values, host.cwd);
  const outcome = endings(endsWithThem, notify, stop.now);
  const wishes = wishesOf(values);
  const pipes = openPipes(values, { host, notify, wishes, secrets, onGone: stop.now });
  const keeping = await openKeeping(values, { host, notify, wishes, pipes, onFailure: outcome.fail });
  const supervision = supervise(values, host, notify, stop.signal);
  const outlets = await openRtmsOutlets(values, {
    host,
    general,
    notify,
    isInterrupted: () => stop.by() !== undefined,
  });
  const keep = await keepOf({ ...values, meeting: [] });
  const tally = createTally();
  const limit = limitOf(values);
  const report = values.stats ? await createStatsReport(host, general) : undefined;
  const inbox = createInbox(
    () => {},
    () => {},
  );
  const isRaw = rtmsOutputKind(values, host) === 'raw';
  let saidConsent = false;
  let dropped = 0;

  const receiver = createReceiver({
    wishes,
    world: { env, ca: keys.ca, clock, secrets },
    clock,
    notify: redact ? withoutPayload(notify) : notify,
    signal: stop.signal,
    maxStreams: values.maxStreams,
    wants: wantsOf(values.meeting, notify),
    keyFor: (start) => keyFor(start, keys),
    emit(arrival) {
      // A reader that has stopped must not fill the memory with frames; sockets are read on for the keep-alives.
      if (arrival.kind === 'control' && inbox.isFull()) dropped += 1;
      else inbox.push(arrival);
    },
    openTakers: keeping.openTakers,
    mask: (event) => (redact ? (JSON.parse(redact(JSON.stringify(event))) as StreamEvent) : event),
    maskName: (name) =>
      redact && name !== undefined
        ? (JSON.parse(redact(JSON.stringify({ user_name: name }))) as { user_name: string }).user_name
        : name,
    raw: { emits: isRaw, notifies: general.verbose >= 2, withBytes: values.withBytes },
    onReady() {
      supervision.setReady(true);
      outcome.hasStarted = true;
      if (saidConsent) return;
      saidConsent = true;
      notify({ kind: 'note', text: CONSENT });
    },
    onRevoked: keeping.onRevoked,
    onEnd(start: StreamStart, end: StreamEnd) {
      if (receiver.live() === 0) supervision.setReady(false);
      outcome.add(start, end, receiver.taken());
    },
  });
  explainSilence(tally, keep, supervision.isReady, clock, notify, stop.signal);

  let failure: unknown;
  const fed = (async () => {
    try {
      await feed(receiver, { notify, signal: stop.signal, emit: inbox.push });
    } catch (error) {
      if (!stop.signal.aborted) failure = error;
      stop.now();
    }
    await receiver.idle();
    inbox.end();
  })();
  let end: Emitted;
  try {
    end = await emitAll(
      inbox.arrivals,
      { keep, dedupe: undefined, redact, outlets, limit, tally, clock, onMatched: (arrival) => report?.add(arrival) },
      { stop, clock, onStuck: () => notify({ kind: 'reader-stuck' }) },
    );
  } finally {
    stop.now();
    await fed;
    if (dropped > 0)
      notify({ kind: 'warning', text: `the reader of stdout was too slow: ${dropped} messages were not printed` });
    notify({
      kind: 'note',
      text: `done: ${receiver.taken()} streams, ${tally.emitted} events, ${receiver.repeats()} repeated starts`,
    });
    await pipes.close();
    await closeOutlets(outlets);
    await report?.print(tally.received);
  }
  if (failure !== undefined) throw failure;
  const status = outcome.status({
    ...end,
    by: stop.by(),
    timeIsOver: stop.timeIsOver(),
    hadLimit: values.limit !== undefined,
  });
  return end.isStuck ? host.exitNow(status) : status;
};

const CONSENT =
  'participants must know, and where the law says so agree, that the meeting is transcribed or recorded (-q hides this line)';

const keyFor = (start: StreamStart, { app, sdk }: RtmsKeys) => {
  const key = start.product === 'session' ? (sdk ?? app) : app;
  if (key) return key;
  throw new ZoomWsError(
    'settings',
    `A ${start.product.replace('_', ' ')} stream has started, and its signature needs the client id and secret of the app.`,
    {
      hint: 'Give --client-id and ZOOM_CLIENT_SECRET besides the SDK key.',
    },
  );
};
