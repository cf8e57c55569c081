import { randomBytes } from 'node:crypto';
import { readFlags } from '../../config/read-flags.ts';
import { readSecrets, WEBHOOK_SECRET } from '../../config/signing-secrets.ts';
import { WEBHOOK_SECRET_FLAGS } from '../../config/webhook-flags.ts';
import { fail, pass, skip, type WebhookProbe, warn } from '../../doctor/index.ts';
import type { Host } from '../../host.ts';
import { isIpAddress, isLoopback } from '../../http/hosts.ts';
import { createPoster, type Posted, type PostWishes } from '../../outlet/http/index.ts';
import { Secret } from '../../secret.ts';
import { version } from '../../version.ts';
import { challengeAnswer, challengeBody } from '../../webhook/challenge.ts';
import { diagnoseChallenge } from '../../webhook/diagnose-challenge.ts';
import type { Invocation } from '../command.ts';
import { layersOf } from '../shared/settings.ts';

/** Zoom waits this long for an answer; what takes a third of it has little to spare. */
const ZOOMS_PATIENCE_MS = 3_000;
const SLOW_MS = 1_000;
const HOUR_MS = 3_600_000;

/** What section 7 looks at; undefined where no endpoint was given. */
export const webhookProbe = async (
  host: Host,
  { typed, secrets, notify }: Pick<Invocation, 'typed' | 'secrets' | 'notify'>,
  target: URL | undefined,
): Promise<WebhookProbe | undefined> => {
  if (target === undefined) return undefined;
  const complaints: string[] = [];
  const given = readFlags(WEBHOOK_SECRET_FLAGS, typed).values;
  const [found] = await readSecrets(
    WEBHOOK_SECRET,
    { texts: given.webhookSecret, files: given.webhookSecretFile },
    {
      ...{ cwd: host.cwd, secrets },
      layers: await layersOf(host, { typed, notify }),
      stdin: { [Symbol.asyncIterator]: () => host.stdin[Symbol.asyncIterator]() },
      warn: () => {},
    },
    complaints,
  );
  const missing = 'The webhook secret (--webhook-secret, ZOOM_WEBHOOK_SECRET_TOKEN) is missing.';
  const problem = found === undefined ? complaints.join(' ') || missing : undefined;
  const ask = asker(host, target, found ?? new Secret(''));
  return { target: target.href, problem, ...findings(target, ask) };
};

/** What came back, and what is wrong with it as the answer to that challenge. */
type Asked = {
  readonly posted: Posted;
  readonly problem: { readonly text: string; readonly hint: string } | undefined;
};
type Ask = (signal: AbortSignal, flaws?: Partial<PostWishes> & { readonly isEscaped?: boolean }) => Promise<Asked>;

const asker =
  ({ clock, env }: Host, target: URL, secret: Secret): Ask =>
  async (signal, { isEscaped = false, ...flaws } = {}) => {
    const poster = createPoster(
      {
        ...{ origin: target.origin, path: `${target.pathname}${target.search}`, env, secret },
        ...{ addresses: [], headers: [], isInsecure: false, timeoutMs: ZOOMS_PATIENCE_MS },
        userAgent: `Zoom Marketplace/1.0a (zoom-ws/${version})`,
      },
      clock,
      signal,
    );
    try {
      const plainToken = `Z${randomBytes(16).toString('base64url')}`;
      const body = challengeBody(plainToken, clock.now());
      // The same token, spelt so that JSON which is written again is another text.
      const text = isEscaped ? body.replace(`"${plainToken}"`, `"\\u005a${plainToken.slice(1)}"`) : body;
      const posted = await poster.post({ ...flaws, body: text });
      const nobody = { text: posted.error ?? '', hint: 'See that the handler runs, and answers within 3 seconds.' };
      return {
        posted,
        problem: posted.answer === undefined ? nobody : problemOf(posted.answer, plainToken, secret),
      };
    } finally {
      poster.close();
    }
  };

const problemOf = (answer: NonNullable<Posted['answer']>, plainToken: string, secret: Secret): Asked['problem'] => {
  const problem = diagnoseChallenge(answer, plainToken, secret);
  if (problem !== undefined || answer.text.length >= challengeAnswer(secret, plainToken).length) return problem;
  return { text: 'its answer is cut off', hint: 'Send both plainToken and encryptedToken.' };
};

const findings = (target: URL, ask: Ask): Pick<WebhookProbe, 'url' | 'challenge' | 'signature' | 'rawBody' | 'age'> => {
  let first: Promise<Asked> | undefined;
  let wrong: Promise<Asked> | undefined;
  const plainly = (signal: AbortSignal) => (first ??= ask(signal));
  const wrongly = (signal: AbortSignal) => (wrong ??= ask(signal, { isWronglySigned: true }));
  return {
    async url(signal) {
      const isLocal = isLoopback(target.hostname);
      if (!isLocal && target.protocol !== 'https:') return fail('the URL is not https', 'Zoom takes https:// only.');
      if (!isLocal && isIpAddress(target.hostname))
        return fail('the URL has no host name', 'Zoom takes no bare IP address.');
      const status = (await plainly(signal)).posted.answer?.status ?? 0;
      if (status >= 300 && status < 400)
        return fail(`it redirects (${status})`, 'Give the URL that it redirects to: Zoom does not follow.');
      return isLocal
        ? warn(
            'the URL leads to this machine',
            'Zoom cannot reach it: lead a public HTTPS address there, with a tunnel.',
          )
        : pass(target.host);
    },
    async challenge(signal) {
      const { posted, problem } = await plainly(signal);
      if (problem !== undefined) return fail(`the challenge was not answered right: ${problem.text}`, problem.hint);
      const took = `answered right after ${Math.round(posted.ms)} ms`;
      return posted.ms > SLOW_MS ? warn(took, 'Zoom waits 3 s: answer before any other work.') : pass(took);
    },
    async signature(signal) {
      const { problem } = await wrongly(signal);
      return problem === undefined
        ? warn('a wrongly signed challenge was answered', 'Check x-zm-signature before anything else.')
        : pass('a wrongly signed challenge was refused');
    },
    async rawBody(signal) {
      if ((await wrongly(signal)).problem === undefined) return skip('signatures are not checked');
      const { problem } = await ask(signal, { isEscaped: true });
      return problem === undefined
        ? pass('a challenge with an escaped character was answered')
        : warn('the handler probably hashes re-serialised JSON', 'Hash the bytes of the body as they came.');
    },
    async age(signal) {
      const { problem } = await ask(signal, { ageMs: HOUR_MS });
      return pass(`a challenge of an hour ago is ${problem === undefined ? 'answered' : 'refused'}`);
    },
  };
};
