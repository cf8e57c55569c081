import { randomBytes } from 'node:crypto';
import { ZoomWsError } from '../../errors.ts';
import { eventId } from '../../event/event-facts.ts';
import type { Host } from '../../host.ts';
import type { Notify } from '../../notice/notice.ts';
import { createPoster, type ForwardOptions, type Posted } from '../../outlet/http/index.ts';
import { typeOf } from '../../simulator/index.ts';
import { CHALLENGE, challengeBody } from '../../webhook/challenge.ts';
import { diagnoseChallenge } from '../../webhook/diagnose-challenge.ts';
import { requestIdOf } from '../../webhook/headers.ts';
import { type TriggerWishes, triggerTexts } from './texts.ts';

/** What is to be wrong with the requests. */
export type Flaws = { readonly ageMs: number; readonly isWronglySigned: boolean };

const SHOWN_RESPONSE = 2_000;

/**
 * Posts each event once, signed as Zoom signs, without a simulator and without a challenge before it; one line for each
 * answer. Resolves to what is wrong where one of them was not 200 or 204.
 */
export const forwardEvents = async (
  host: Host,
  notify: Notify,
  options: ForwardOptions,
  wishes: TriggerWishes,
  flaws: Flaws,
  signal: AbortSignal,
): Promise<ZoomWsError | undefined> => {
  const { clock } = host;
  const poster = createPoster(options, clock, signal);
  let failed = 0;
  let total = 0;
  const tell = (posted: Posted, type: string, id: string): void => {
    const what = posted.answer?.status ?? posted.error;
    const isGood = what === 200 || what === 204;
    total += 1;
    if (!isGood) failed += 1;
    const text = `[${what}] POST ${options.shown} ${type} ${id} ${Math.round(posted.ms)} ms`;
    notify(isGood ? { kind: 'note', text } : { kind: 'warning', text });
    if (options.showsResponse && posted.answer !== undefined)
      notify({ kind: 'note', text: `answer: ${JSON.stringify(posted.answer.text.slice(0, SHOWN_RESPONSE))}` });
  };
  try {
    if (wishes.type === CHALLENGE && wishes.from === undefined) {
      const plainToken = randomBytes(16).toString('base64url');
      const posted = await poster.post({ body: challengeBody(plainToken, clock.now()), ...flaws });
      tell(posted, CHALLENGE, plainToken);
      if (posted.answer === undefined || options.secret === undefined) return errorFor(failed, total);
      const problem = diagnoseChallenge(posted.answer, plainToken, options.secret);
      if (problem === undefined) {
        notify({ kind: 'note', text: 'the challenge was answered right' });
        return undefined;
      }
      return new ZoomWsError('unreachable', `The challenge was not answered right: ${problem.text}.`, {
        hint: problem.hint,
      });
    }
    for await (const body of triggerTexts(host, wishes)) {
      const id = eventId({ raw: body });
      tell(await poster.post({ body, requestId: requestIdOf(id), ...flaws }), typeOf(body), id);
    }
    return errorFor(failed, total);
  } finally {
    poster.close();
  }
};

const errorFor = (failed: number, total: number): ZoomWsError | undefined =>
  failed === 0
    ? undefined
    : new ZoomWsError('unreachable', `${failed} of ${total} requests were not answered 200 or 204.`, {
        hint: 'The lines above say what each was answered; --forward-response shows the bodies.',
      });
