import { randomBytes } from 'node:crypto';
import { createPoster, type ForwardOptions } from '../../outlet/http/index.ts';
import { Secret } from '../../secret.ts';
import type { WebhookFlaw, WebhookTarget } from '../../simulator/index.ts';
import type { Clock } from '../../time/clock.ts';
import { challengeBody } from '../../webhook/challenge.ts';
import { diagnoseChallenge } from '../../webhook/diagnose-challenge.ts';

/** Zoom waits this long for an answer. */
const ZOOMS_PATIENCE_MS = 3_000;
const DAY_MS = 86_400_000;

type Poster = ReturnType<typeof createPoster>;

/** The endpoint behind `--forward-to`, as the simulator sees it. Many requests may be out at once, as with Zoom. */
export const webhookTarget = (
  options: ForwardOptions,
  retriesMs: readonly number[],
  clock: Clock,
  signal: AbortSignal,
): WebhookTarget => {
  const secret = options.secret ?? new Secret('');
  const wishes = { ...options, timeoutMs: ZOOMS_PATIENCE_MS };
  const idle: Poster[] = [];
  const withPoster = async <T>(use: (poster: Poster) => Promise<T>): Promise<T> => {
    const poster = idle.pop() ?? createPoster(wishes, clock, signal);
    try {
      return await use(poster);
    } finally {
      if (signal.aborted) poster.close();
      else idle.push(poster);
    }
  };
  signal.addEventListener('abort', () => {
    for (const poster of idle) poster.close();
  });
  return {
    shown: options.shown,
    retriesMs,
    async challenge() {
      const plainToken = randomBytes(16).toString('base64url');
      const body = challengeBody(plainToken, clock.now());
      const posted = await withPoster((poster) => poster.post({ body }));
      if (posted.answer === undefined) return posted.error;
      return diagnoseChallenge(posted.answer, plainToken, secret)?.text;
    },
    async post(body, flaws) {
      const has = (flaw: WebhookFlaw) => flaws.has(flaw);
      const posted = await withPoster((poster) =>
        poster.post({
          body,
          requestId: randomBytes(16).toString('hex'),
          ageMs: has('stale') ? DAY_MS : 0,
          isWronglySigned: has('bad-signature'),
          isUnsigned: has('unsigned'),
          isSlow: has('slow-body'),
        }),
      );
      return posted.answer?.status;
    },
  };
};
