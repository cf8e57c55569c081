import type { Connection } from '../../config/connection.ts';
import type { Typed } from '../../config/read-flags.ts';
import { readFlags } from '../../config/read-flags.ts';
import type { Arrival, Arrivals } from '../../event/arrival.ts';
import type { Host } from '../../host.ts';
import type { Notify } from '../../notice/notice.ts';
import { followRecording, type Input, merge, readRecordings } from '../../recording/index.ts';
import { untilAborted } from '../../source/replay/index.ts';
import type { SourceDeps } from '../../source/source.ts';
import { createDamageReport } from '../shared/damage-report.ts';
import { openWith, SOCKET_FLAGS } from '../tail/sources/open-socket.ts';

/** Events from recordings or stdin, to the end of the input or, following, until the signal aborts. */
export const recorded = (
  inputs: readonly Input[],
  isFollowed: boolean,
  { host: { clock }, notify }: { readonly host: Pick<Host, 'clock'>; readonly notify: Notify },
) => {
  const damage = createDamageReport(notify);
  const read = { counts: { events: 0, damaged: 0 }, onDamage: damage.tell };
  return (signal: AbortSignal): Arrivals => {
    const onNote = (text: string) => notify({ kind: 'note', text });
    const batches = isFollowed
      ? merge(inputs.map((input) => followRecording(input, read, { clock, signal, onNote })))
      : readRecordings(inputs, read);
    return untilAborted(batches, signal);
  };
};

/** Zoom's event socket, as `tail` reads it. */
export const socket = (host: Host, typed: Typed, settings: Connection, deps: SourceDeps) => {
  const { values } = readFlags(SOCKET_FLAGS, typed);
  return async function* (signal: AbortSignal): AsyncGenerator<readonly Arrival[]> {
    const prepared = openWith(host, values, settings);
    const source = await prepared.open({ ...deps, signal }, { frames: false, frameNotices: false });
    try {
      yield* source.arrivals;
    } finally {
      await source.done;
    }
  };
};
