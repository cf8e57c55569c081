import { formatDuration } from '../../time/duration.ts';
import { type Check, fail, notNeeded, pass, skip, warn } from '../check.ts';
import { connectionOf } from '../connection-of.ts';

const WARN_ABOVE_MS = 30_000;
const FAIL_ABOVE_MS = 300_000;
/** A `Date` header has whole seconds, and travels. */
const TOLERANCE_MS = 1_500;

const HINT =
  'Set the clock of this machine: "sudo timedatectl set-ntp true" on Linux, System Settings, Date & Time on macOS; in a VM or container that of its host.';

export const oauthClock: Check = {
  id: 'oauth.clock',
  section: 1,
  title: "the clock agrees with Zoom's",
  needs: ['network.oauth'],
  after: ['oauth.token'],
  limitMs: 45_000,
  async run(context) {
    if (connectionOf(context).credentials.kind === 'token') {
      return notNeeded('an access token is given: no answer of the token endpoint to compare with');
    }
    // The answer counts whatever it says: a refusal has a date too. Without oauth.token in the list this asks for it.
    await context.tokens.token().catch(() => {});
    const offsetMs = context.tokens.clockOffsetMs();
    if (offsetMs === undefined) return skip('the token endpoint did not say what time it has (no Date header)');
    const size = Math.abs(offsetMs);
    if (size <= TOLERANCE_MS) return pass("offset below 2s, by the token endpoint's Date");
    const detail = `this machine is ${formatDuration(size)} ${offsetMs > 0 ? 'ahead of' : 'behind'} the token endpoint`;
    if (size > FAIL_ABOVE_MS) return fail(detail, HINT);
    return size > WARN_ABOVE_MS ? warn(detail, HINT) : pass(detail);
  },
};
