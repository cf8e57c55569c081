import type { Clock } from '../time/clock.ts';
import type { Settings } from './address.ts';
import type { BrevoStore } from './brevo/index.ts';
import type { Client } from './client.ts';
import type { FaultControl } from './fault-control.ts';
import type { FaultPlan } from './faults.ts';
import type { Heard } from './heard.ts';
import type { Log } from './log.ts';
import type { Outlet } from './outlet.ts';
import type { Rtms, RtmsOptions } from './rtms/index.ts';
import type { Rules } from './rules.ts';
import type { State } from './state.ts';
import type { WebhookTarget } from './webhook.ts';

export type SimulatorOptions = {
  readonly clock: Clock;
  readonly random: () => number;
  readonly log?: Log;
  /** Default: 127.0.0.1. */
  readonly host?: string;
  /** Default: 0, which picks a free one. */
  readonly port?: number;
  readonly rules?: Partial<Rules>;
  /** Faults that happen on their own, to every connection. */
  readonly faults?: readonly FaultPlan[];
  /** Where events are posted to as well, as Zoom posts webhooks. */
  readonly webhook?: WebhookTarget | undefined;
  /** With it, there are streams of Realtime Media Streams too. */
  readonly rtms?: RtmsOptions | undefined;
  /** With it, the simulator speaks https and wss. */
  readonly tls?: { readonly key: string; readonly cert: string };
};

/** A stand-in for Zoom that listens. */
export type Simulator = Outlet & {
  /** `http://127.0.0.1:8787` */
  readonly url: string;
  /** The environment that makes `zoom-ws tail` use it. */
  readonly settings: Settings;
  /** Whether it listens on more than loopback. */
  readonly reachableFromOutside: boolean;
  /** How it behaves; may be changed at any time. */
  readonly rules: Rules;
  readonly fault: FaultControl['fault'];
  readonly clearFaults: FaultControl['clear'];
  /** Makes every token that was handed out invalid. */
  revokeTokens(): void;
  /** Where there are streams. */
  readonly rtms: Rtms | undefined;
  readonly heard: Heard;
  /** What the stand-in for Brevo holds; may be changed at any time. */
  readonly brevo: BrevoStore;
  readonly clients: ReadonlySet<Client>;
  state(): State;
  /** Aborted when the simulator is closed. */
  readonly signal: AbortSignal;
  /** Resolves when everything is closed; open connections are cut. */
  close(): Promise<void>;
};
