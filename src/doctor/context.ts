import type { Consent } from './consent.ts';
import type { RecordingFacts } from './recording.ts';
import type { Session } from './session.ts';
import type { SyncProbe } from './sync-probe.ts';
import type { TokenDesk } from './token-desk.ts';
import type { WebhookProbe } from './webhook-probe.ts';
import type { DoctorWorld } from './world.ts';

/** What the checks look at and share. Each shared thing is made once, by whoever asks first. */
export type DoctorContext = DoctorWorld & {
  /** Asks before the socket is opened, once. */
  readonly consent: () => Promise<Consent>;
  readonly tokens: TokenDesk;
  readonly session: Session;
  readonly recording: () => Promise<RecordingFacts>;
  /** Undefined where no sync is set up. */
  readonly sync: SyncProbe | undefined;
  /** Undefined where no endpoint is given. */
  readonly webhook: WebhookProbe | undefined;
};
