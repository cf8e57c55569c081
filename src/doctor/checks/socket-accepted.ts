import { formatDuration } from '../../time/duration.ts';
import { type Check, fail, pass } from '../check.ts';
import { connectionOf } from '../connection-of.ts';
import { explainEnding, scopeOf } from '../explain-ending.ts';

export const socketAccepted: Check = {
  id: 'socket.accepted',
  section: 3,
  title: 'Zoom accepts the connection',
  needs: ['oauth.token', 'network.socket'],
  permit: async ({ consent }) => (await consent()).refusal,
  limitMs: 45_000,
  async run(context) {
    const { session, tokens } = context;
    const { subscriptions } = connectionOf(context);
    const { value } = await tokens.token();
    const lines = await session.open(subscriptions, value);
    session.listen();
    const outcomes = await Promise.all(lines.map(async (line) => ({ line, outcome: await line.outcome })));
    const scope = await scopeOf(context);
    const several = lines.length > 1;
    const failures = outcomes.flatMap(({ line, outcome }) =>
      outcome === 'accepted' ? [] : [{ id: line.subscription.id, ...explainEnding(outcome, scope) }],
    );
    const [first] = failures;
    if (first) {
      const details = failures.map(({ id, detail }) => (several ? `${id}: ${detail}` : detail));
      const others = several ? [`${lines.length - failures.length} of ${lines.length} subscriptions accepted`] : [];
      return fail([...details, ...others].join('\n'), first.hint);
    }
    const slowest = Math.max(...lines.map((line) => line.answeredAfterMs()));
    const took = formatDuration(slowest);
    return pass(several ? `${lines.length} subscriptions accepted within ${took}` : `accepted after ${took}`);
  },
};
