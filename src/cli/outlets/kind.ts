import type { Aside } from '../../flow/aside.ts';
import type { Host } from '../../host.ts';
import type { Notify } from '../../notice/notice.ts';
import type { ForwardOptions } from '../../outlet/http/index.ts';
import type { Outlet } from '../../outlet/outlet.ts';
import type { General } from '../command.ts';
import type { Stop } from '../shared/stop.ts';
import type { Publishing } from './publishing.ts';

/** Where events are handed on to, besides stdout and recordings; read and checked before anything is opened. */
export type Onward = {
  readonly forward?: ForwardOptions | undefined;
  readonly publishing?: Publishing | undefined;
};

/** What an outlet needs of the run besides its own flags. */
export type OutletContext = {
  readonly host: Host;
  readonly general: General;
  readonly notify: Notify;
  /** Whether a signal asked the run to stop. */
  readonly isInterrupted: () => boolean;
  readonly onward?: Onward;
  /** Takes the events that outlets have to tell of themselves. */
  readonly aside?: Aside | undefined;
  readonly stop?: Stop;
  /** What the events come from, for the spool; undefined where they can be read again, as from a recording. */
  readonly sourceKey?: string;
};

/** One kind of outlet, as the command line knows it. `V`: the values of its flags. */
export type OutletKind<V> = {
  readonly name: string;
  /** What is wrong with its flags together, each a whole sentence. */
  complaints(values: V): readonly string[];
  /** Opens it, before anything is sent to Zoom; undefined where the flags do not ask for it. */
  open(values: V, context: OutletContext): Promise<Outlet | undefined>;
};
