import type { Connection } from '../config/connection.ts';
import type { Token } from '../oauth/token.ts';
import { createTokenKeeper } from '../oauth/token-keeper.ts';
import type { Secret } from '../secret.ts';
import type { EpochMs } from '../time/clock.ts';
import type { DoctorWorld } from './world.ts';

/** The token that all checks share. */
export type TokenDesk = {
  /** The token: asked for by the first check that needs it, and once for the whole run. Throws what `fetchToken` throws. */
  token(): Promise<{ readonly value: Secret /** Undefined for a given token. */; readonly granted: Token | undefined }>;
  /** How the token endpoint's clock and ours differed at its last answer, whatever that was; positive: ours is ahead. */
  clockOffsetMs(): number | undefined;
};

/** `Date` headers are cut to the second: on average half of one has passed. */
const HALF_A_SECOND_MS = 500;

export const createTokenDesk = (
  connection: () => Connection,
  { env, clock, secrets, signal }: Pick<DoctorWorld, 'env' | 'clock' | 'secrets' | 'signal'>,
): TokenDesk => {
  let asked: ReturnType<TokenDesk['token']> | undefined;
  let offsetMs: number | undefined;
  const onServerDate = (date: EpochMs) => {
    offsetMs = clock.now() - (date + HALF_A_SECOND_MS);
  };
  const ask = async () => {
    const { credentials, oauthUrl } = connection();
    const keeper = createTokenKeeper(credentials, oauthUrl, {
      env,
      clock,
      secrets,
      signal,
      onServerDate,
      // What there is to say, the check of the token says.
      notify: () => {},
    });
    const { value } = await keeper.current();
    return { value, granted: keeper.granted() };
  };
  return {
    token: () => {
      asked ??= ask();
      return asked;
    },
    clockOffsetMs: () => offsetMs,
  };
};
