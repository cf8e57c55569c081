import { randomBytes } from 'node:crypto';
import { reasonOf } from '../../errors.ts';
import { send } from '../../http/send.ts';
import type { Secret } from '../../secret.ts';
import { challengeAnswer, challengeBody } from '../../webhook/challenge.ts';
import { CONTENT_TYPE, signed } from '../../webhook/headers.ts';
import type { SourceDeps } from '../source.ts';

/** Tries whether a challenge gets here through the public URL, as Zoom will try. Failure is a warning. */
export const tryPublicUrl = async (
  url: string,
  secrets: readonly Secret[],
  ownTokens: Set<string>,
  { clock, env, notify, signal }: SourceDeps,
): Promise<void> => {
  const [secret] = secrets;
  if (secret === undefined) return;
  const plainToken = randomBytes(16).toString('base64url');
  ownTokens.add(plainToken);
  const body = challengeBody(plainToken, clock.now());
  const headers = { 'content-type': CONTENT_TYPE, ...signed(secret, body, clock.now()) };
  try {
    const { status, text } = await send({ method: 'POST', url, headers, body }, env, signal);
    const why =
      status !== 200
        ? `it answered ${status}`
        : isSameJson(text, challengeAnswer(secret, plainToken))
          ? ''
          : 'something else answers there';
    if (why === '') return notify({ kind: 'note', text: `${url} leads here: paste it into the Marketplace` });
    notify({ kind: 'warning', text: `${url} does not lead here: ${why}`, hint: HINT });
  } catch (error) {
    if (!signal.aborted) notify({ kind: 'warning', text: `${url} does not lead here: ${reasonOf(error)}`, hint: HINT });
  } finally {
    ownTokens.delete(plainToken);
  }
};

const HINT = 'Check that the tunnel or proxy runs, and that it passes path, body and x-zm- headers through unchanged.';

const isSameJson = (text: string, expected: string): boolean => {
  try {
    return JSON.stringify(JSON.parse(text)) === expected;
  } catch {
    return false;
  }
};
