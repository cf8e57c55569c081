import type { Typed } from '../../config/read-flags.ts';
import type { Host } from '../../host.ts';
import type { Notify } from '../../notice/notice.ts';
import type { Input } from '../../recording/index.ts';
import type { SourceDeps } from '../../source/source.ts';
import { type createEventMemory, discover, foundInEvents, type Source } from '../../sync/index.ts';
import type { ZoomRefusal } from '../../zoom-api/index.ts';
import { sourceOf } from './complaints.ts';
import type { SyncValues } from './flags.ts';
import type { SyncSettings } from './settings.ts';
import { recorded, socket } from './source.ts';
import { windowOf } from './window.ts';
import type { openZoom } from './zoom.ts';

export type AskedSource = {
  readonly host: Host;
  readonly typed: Typed;
  readonly values: SyncValues;
  readonly settings: SyncSettings;
  readonly inputs: readonly Input[];
  readonly notify: Notify;
};

/** What a source may need of the run. */
export type SourceParts = {
  readonly isLive: boolean;
  readonly settleMs: number;
  readonly deps: SourceDeps;
  readonly zoom: ReturnType<typeof openZoom>['zoom'] | undefined;
  readonly onMissing: (refusal: ZoomRefusal, instead: string) => void;
  readonly memory: ReturnType<typeof createEventMemory>;
  readonly keys: Parameters<typeof foundInEvents>[1]['keys'];
};

/** The source that was asked for. */
export const sourceFor = (parts: AskedSource, about: SourceParts): Source => {
  const { host, typed, values, settings, inputs, notify } = parts;
  const { settleMs, zoom, isLive } = about;
  const { now } = host.clock;
  const name = sourceOf(values);
  if (name === 'from' || name === 'socket') {
    const events = { config: settings.config, keys: about.keys, memory: about.memory, settleMs, now };
    const open =
      name === 'from' || settings.zoom === undefined
        ? recorded(inputs, values.follow, { host, notify })
        : socket(host, typed, settings.zoom, about.deps);
    return { isLive, isBackfill: false, found: (signal) => foundInEvents(open(signal), events) };
  }
  if (zoom === undefined) throw new TypeError('past sessions are looked up where Zoom may be asked');
  const wish = {
    meetings: values.meeting,
    webinars: values.webinar,
    latest: values.latest,
    users: values.user,
    window: name === 'window' ? windowOf(values, now(), notify) : undefined,
  };
  const deps = { zoom, settleMs, now, onMissing: about.onMissing };
  return { isLive: false, isBackfill: true, found: () => discover(wish, deps) };
};
