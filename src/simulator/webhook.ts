import type { Clock } from '../time/clock.ts';
import { type Affliction, type Armed, EVENT_DELAY_MS } from './faults.ts';
import type { Log } from './log.ts';

/** What is wrong with one request on purpose. */
export type WebhookFlaw = 'bad-signature' | 'unsigned' | 'stale' | 'slow-body';

/** An endpoint that webhooks are posted to, one request at a call. */
export type WebhookTarget = {
  /** As it may be shown. */
  readonly shown: string;
  /** Pauses before each further attempt, in milliseconds. */
  readonly retriesMs: readonly number[];
  /** Asks whether the endpoint knows the secret; undefined if it does, else what is wrong. */
  challenge(): Promise<string | undefined>;
  /** The status of the answer; undefined where none came in time. */
  post(body: string, flaws: ReadonlySet<WebhookFlaw>): Promise<number | undefined>;
};

export type Webhook = {
  isReady(): boolean;
  send(texts: readonly string[]): void;
  /** Resolves when few requests are out: a slow endpoint is waited for, so nothing piles up. */
  drained(): Promise<void>;
  readonly afflictions: Set<Affliction>;
};

type Deps = {
  readonly target: WebhookTarget;
  readonly clock: Clock;
  readonly log: Log;
  readonly armed: Armed;
  readonly signal: AbortSignal;
  readonly onReady: () => void;
};

const FLAWS: readonly WebhookFlaw[] = ['bad-signature', 'unsigned', 'stale', 'slow-body'];
const CHALLENGE_PAUSES_MS = [1_000, 4_000];
const LATER_CHALLENGES_MS = 12_000;
const MOST_OUT = 64;
const LOOK_MS = 5;
const HELD_AT_MOST_MS = 1_000;
const BROKEN_EVERY = 5;
const BROKEN_BODY = '{"event":"meeting.started","payload":{"obj';

/** Posts events as Zoom does: a challenge first, each event on its own, with Zoom's rules for another attempt. */
export const createWebhook = ({ target, clock, log, armed, signal, onReady }: Deps): Webhook => {
  const afflictions = new Set<Affliction>();
  let isReady = false;
  let out = 0;
  let seen = 0;
  let held: string | undefined;

  const flaws = (): ReadonlySet<WebhookFlaw> => new Set(FLAWS.filter((name) => armed.isOn(name)));
  const challenge = async (): Promise<void> => {
    for (let round = 0; !signal.aborted; round += 1) {
      const problem = await target.challenge().catch(() => 'nobody answers');
      if (problem === undefined) break;
      if (round === 0) {
        log({
          what: 'webhook',
          text: `${target.shown} does not answer the challenge (${problem}): no events go there until it does`,
        });
      }
      await clock.sleep(CHALLENGE_PAUSES_MS[round] ?? LATER_CHALLENGES_MS, signal);
    }
    if (signal.aborted) return;
    isReady = true;
    log({ what: 'webhook', text: `${target.shown} answered the challenge` });
    onReady();
  };
  /** Zoom's rules: 200 or 204 at the first attempt, any 2xx later; 3xx and 4xx are final. */
  const isDone = (status: number | undefined, attempt: number): boolean =>
    status !== undefined && (attempt === 0 ? status === 200 || status === 204 : status < 300);
  const deliver = async (body: string): Promise<void> => {
    for (let attempt = 0; !signal.aborted; attempt += 1) {
      const status = await target.post(body, flaws());
      if (isDone(status, attempt)) return;
      const pause = target.retriesMs[attempt];
      const mayPass = status === undefined || status < 300 || status >= 500;
      const what = `webhook attempt ${attempt + 1}: ${status ?? 'no answer'}`;
      if (!mayPass || pause === undefined) return log({ what: 'webhook', text: `${what}; given up` });
      log({ what: 'webhook', text: `${what}; again in ${pause / 1000} s` });
      await clock.sleep(pause, signal);
    }
  };
  const begin = (body: string, delayMs: number): void => {
    out += 1;
    const sending = async (): Promise<void> => {
      if (delayMs > 0) await clock.sleep(delayMs, signal);
      await deliver(body);
    };
    sending()
      .catch(() => {})
      .finally(() => {
        out -= 1;
      });
  };
  const release = (): readonly string[] => {
    const text = held;
    held = undefined;
    return text === undefined ? [] : [text];
  };
  /** Every second event overtakes the one before it; one that nobody overtakes comes on its own. */
  const swapped = (texts: readonly string[]): readonly string[] =>
    texts.flatMap((text) => {
      if (held !== undefined) return [text, ...release()];
      held = text;
      clock.sleep(HELD_AT_MOST_MS, signal).then(
        () => {
          if (held === text) for (const late of release()) begin(late, 0);
        },
        () => {},
      );
      return [];
    });
  const interspersed = (texts: readonly string[]): readonly string[] =>
    texts.flatMap((text) => {
      seen += 1;
      return seen % BROKEN_EVERY === 0 ? [text, BROKEN_BODY] : [text];
    });

  challenge().catch(() => {});
  return {
    afflictions,
    isReady: () => isReady,
    send(texts) {
      const has = (name: Affliction): boolean => afflictions.has(name);
      let bodies = has('duplicate') ? texts.flatMap((text) => [text, text]) : texts;
      bodies = has('reorder') ? swapped(bodies) : [...release(), ...bodies];
      if (has('malformed')) bodies = interspersed(bodies);
      for (const body of bodies) begin(body, has('delay') ? EVENT_DELAY_MS : 0);
    },
    async drained() {
      while (out > MOST_OUT) await clock.sleep(LOOK_MS, signal);
    },
  };
};
