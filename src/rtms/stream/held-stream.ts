import type { Arrival } from '../../event/arrival.ts';
import { iso, lifecycle } from '../../event/lifecycle.ts';
import type { Notify } from '../../notice/notice.ts';
import type { Clock } from '../../time/clock.ts';
import { REVOKED } from '../wire/codes.ts';
import type { Fact } from '../wire/fact.ts';
import type { SigningKey } from '../wire/signature.ts';
import type { StreamStart } from '../wire/start-event.ts';
import { endedEvent } from './ended-event.ts';
import { eventOfFact, identityOf, type StreamEvent, streamEvent } from './event-text.ts';
import { keepStream } from './keep-stream.ts';
import { labelOf } from './label.ts';
import type { Gap, StreamEnd, Wishes } from './parts.ts';
import { rawText } from './raw-text.ts';
import type { SocketWorld } from './socket.ts';
import type { Ending, OpenTakers, ShownGap } from './taker.ts';
import { createTimeline } from './timeline.ts';
import { createWatches, differences } from './watches.ts';

export type StreamWorld = {
  readonly wishes: Wishes;
  readonly key: SigningKey;
  readonly world: SocketWorld;
  readonly clock: Clock;
  readonly notify: Notify;
  readonly emit: (arrival: Arrival) => void;
  readonly openTakers: OpenTakers;
  /** Masks an event for what is kept (`--redact`); as it is otherwise. What is emitted is masked further on. */
  readonly mask: (event: StreamEvent) => StreamEvent;
  readonly maskName: (name: string | undefined) => string | undefined;
  /** How messages are shown besides events. */
  readonly raw: { readonly emits: boolean; readonly notifies: boolean; readonly withBytes: boolean };
  readonly onReady: () => void;
  readonly signal: AbortSignal;
};

/** One stream with all that is kept of it. */
export type HeldStream = {
  readonly start: StreamStart;
  readonly done: Promise<StreamEnd>;
  failover(start: StreamStart): void;
  interrupt(urls: readonly string[]): void;
  stop(reason: number | undefined): void;
};

/** Takes a stream after `waitMs`, tells its events, and hands what it brings to whoever keeps it. */
export const createHeldStream = (first: StreamStart, parts: StreamWorld, waitMs: number): HeldStream => {
  const { wishes, clock, notify, emit, mask, maskName, raw } = parts;
  let start = first;
  const label = labelOf(first);
  const { takers, base: knownBase } = parts.openTakers(first, label);
  const over = new AbortController();
  const signal = AbortSignal.any([parts.signal, over.signal]);
  const watches = createWatches(label, { notify, clock, signal });
  const gaps: ShownGap[] = [];
  const unkept = new WeakSet<Fact>();
  let isPaused = false;
  let hasStarted = false;
  let early = 0;

  const tell = (event: StreamEvent, keeps = true): void => {
    emit({
      kind: 'event',
      raw: JSON.stringify(event),
      type: event.event,
      receivedAt: clock.now(),
      subscription: '',
      frame: '',
    });
    if (!keeps || takers.length === 0) return;
    const masked = mask(event);
    for (const taker of takers) taker.onEvent(masked, timeline.base());
  };
  const pass = (fact: Fact, base: number | undefined): void => {
    const keeps = !unkept.has(fact);
    if (fact.kind === 'event') return tell(eventOfFact(first, fact, base, clock.now()), keeps);
    if (fact.kind === 'first-packet' || base === undefined || !keeps) return;
    if (fact.kind === 'audio' && fact.at < base) early += 1;
    const named = { ...fact, userName: maskName(fact.userName) };
    for (const taker of takers) taker.onMedia(named, base);
  };
  const timeline = createTimeline(knownBase, clock, pass, (base) => {
    for (const taker of takers) taker.onBase(base);
  });

  const onGap = ({ media, from, to, reason }: Gap): void => {
    const gap: ShownGap = { media, from: iso(from), to: iso(to), duration_ms: to - from, reason };
    gaps.push(gap);
    for (const taker of takers) taker.onGap(gap);
    emit(lifecycle('rtms_gap', clock.now(), { ...(identityOf(first) as Record<string, string>), ...gap }));
    notify({ kind: 'warning', text: `${label}: gap: ${to - from} ms of ${media} are missing (${reason})` });
  };

  const begin = () =>
    keepStream({
      start,
      key: parts.key,
      wishes,
      world: parts.world,
      notify,
      label,
      signal: parts.signal,
      ears: {
        onFact(fact) {
          watches.onFact(fact);
          const isContent = fact.kind !== 'event' || fact.name === 'transcript' || fact.name === 'chat';
          if (isPaused && isContent) unkept.add(fact);
          timeline.add(fact);
        },
        onGranted(media, formats) {
          for (const taker of takers) taker.onGranted(media, formats);
          for (const text of differences(media, wishes.formats, formats))
            notify({ kind: 'note', text: `${label}: Zoom granted ${text}` });
        },
        onGap,
        onLifecycle(name, facts) {
          emit(lifecycle(name, clock.now(), { ...(identityOf(first) as Record<string, string>), ...facts }));
        },
        onRaw(payload, message) {
          if (!raw.emits && !raw.notifies) return;
          const frame = rawText(payload, message, raw.withBytes);
          if (raw.emits) emit({ kind: 'control', frame, receivedAt: clock.now() });
          if (raw.notifies) notify({ kind: 'frame', direction: 'in', text: frame });
        },
        onPaused(paused) {
          if (paused !== isPaused)
            notify({
              kind: 'note',
              text: `${label}: ${paused ? 'paused: nothing is kept until it is resumed' : 'resumed'}`,
            });
          isPaused = paused;
          if (paused) for (const taker of takers) taker.onPaused?.();
        },
        onReady() {
          parts.onReady();
          watches.onReady(wishes.media);
          if (hasStarted) return;
          hasStarted = true;
          notify({ kind: 'note', text: `ready: ${label} sends ${wishes.media.join(', ')}` });
          tell(streamEvent(first, 'started', first.at ?? clock.now(), { meeting_number: first.number }));
        },
      },
    });

  let kept: ReturnType<typeof keepStream> | undefined;
  /** What came before the stream was taken, which happens a little later where many start at once. */
  let stoppedEarly: StreamEnd | undefined;
  const run = async (): Promise<StreamEnd> => {
    if (waitMs > 0) await clock.sleep(waitMs, parts.signal).catch(() => {});
    let end: StreamEnd = stoppedEarly ?? { how: 'left' };
    if (!stoppedEarly && !parts.signal.aborted) {
      kept = begin();
      end = await kept.ended;
    }
    over.abort();
    timeline.finish();
    await finish(end);
    return end;
  };
  const finish = async (end: StreamEnd): Promise<void> => {
    const at = clock.now();
    const stopReason = end.how === 'stopped' ? end.reason : undefined;
    const ending: Ending = { at, stopReason, complete: end.how !== 'left' };
    let files: readonly string[] = [];
    if (stopReason === REVOKED) {
      for (const taker of takers) taker.revoke(ending);
      notify({ kind: 'warning', text: `${label}: ${REVOKED_WORDS}` });
    } else files = (await Promise.all(takers.map((taker) => taker.end(ending)))).flat();
    if (early > 0)
      notify({
        kind: 'note',
        text: `${label}: ${early} packets of audio were older than the stream's start, and were left out`,
      });
    if (end.how === 'left' || (!hasStarted && end.how !== 'given-up' && end.how !== 'stopped')) return;
    const event = endedEvent(first, end, { at, base: timeline.base(), gaps, files });
    emit({ kind: 'event', raw: JSON.stringify(event), type: event.event, receivedAt: at, subscription: '', frame: '' });
  };
  return {
    get start() {
      return start;
    },
    done: run(),
    failover(next) {
      start = { ...first, urls: next.urls };
      notify({ kind: 'note', text: `${label}: Zoom moved the stream to another server; connecting anew` });
      kept?.failover(next.urls);
    },
    interrupt: (urls) => kept?.interrupt(urls),
    stop(reason) {
      stoppedEarly = { how: 'stopped', reason };
      kept?.stop(reason);
    },
  };
};

const REVOKED_WORDS =
  'consent was withdrawn: everything saved of this stream has been deleted; what went to stdout, to a program or to another service cannot be called back';
