import { formatDuration } from '../../time/duration.ts';
import { type Check, fail, pass, skip } from '../check.ts';
import { explainEnding, scopeOf } from '../explain-ending.ts';

export const socketReconnect: Check = {
  id: 'socket.reconnect',
  section: 4,
  title: 'reconnects after a forced disconnect',
  needs: ['socket.accepted'],
  // It cuts the connection that these look at.
  after: ['socket.heartbeat', 'socket.exclusive', 'events.duplicates', 'events.order', 'events.lag', 'events.received'],
  limitMs: 45_000,
  async run(context) {
    const { session, tokens, clock } = context;
    if (session.lines().some((line) => line.end()?.ending.kind === 'displaced')) {
      return skip('not tried: it would displace the other consumer once more');
    }
    const { value } = await tokens.token();
    const startedAt = clock.monotonic();
    const lines = await session.reopen(value);
    for (const line of lines) {
      const outcome = await line.outcome;
      if (outcome === 'accepted') continue;
      const { detail, hint } = explainEnding(outcome, await scopeOf(context));
      return fail(`after a forced disconnect the connection could not be had again: ${detail}`, hint);
    }
    return pass(`live again ${formatDuration(clock.monotonic() - startedAt)} after a forced disconnect`);
  },
};
