import { randomBytes } from 'node:crypto';
import { reasonOf } from '../../errors.ts';
import type { Notify } from '../../notice/notice.ts';
import type { Secret } from '../../secret.ts';
import { challengeBody } from '../../webhook/challenge.ts';
import { diagnoseChallenge } from '../../webhook/diagnose-challenge.ts';
import type { Answer } from './client.ts';
import { failureOf } from './outcome.ts';

type CheckParts = {
  readonly secret: Secret;
  readonly shown: string;
  readonly now: number;
  readonly notify: Notify;
  readonly post: (body: string) => Promise<Answer>;
};

/** Sends one challenge and says what is wrong with the answer. False where nobody was there to answer. */
export const checkHandler = async ({ secret, shown, now, notify, post }: CheckParts): Promise<boolean> => {
  const plainToken = randomBytes(16).toString('base64url');
  try {
    const problem = diagnoseChallenge(await post(challengeBody(plainToken, now)), plainToken, secret);
    if (problem !== undefined)
      notify({
        kind: 'warning',
        text: `${shown} does not answer a challenge as Zoom expects: ${problem.text}`,
        hint: problem.hint,
      });
    return true;
  } catch (error) {
    if (failureOf(error).kind === 'unreachable') return false;
    notify({ kind: 'warning', text: `${shown} does not answer a challenge: ${reasonOf(error)}` });
    return true;
  }
};
