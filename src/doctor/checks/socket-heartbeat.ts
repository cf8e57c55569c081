import { formatDuration } from '../../time/duration.ts';
import { type Check, fail, pass } from '../check.ts';
import { explainEnding, SILENT } from '../explain-ending.ts';

export const socketHeartbeat: Check = {
  id: 'socket.heartbeat',
  section: 4,
  title: 'heartbeats are answered',
  needs: ['socket.accepted'],
  limitMs: ({ heartbeat }) => heartbeat.timeoutMs + 5_000,
  async run({ session, clock, options }, signal) {
    const { timeoutMs } = options.heartbeat;
    const answers = session.lines().map(async (line) => {
      const timeUp = clock.sleep(timeoutMs, signal).then(() => 'silence' as const);
      const answer = await Promise.race([line.heartbeat, line.ended, timeUp]);
      return { line, answer };
    });
    const times: number[] = [];
    for (const { line, answer } of await Promise.all(answers)) {
      if (typeof answer === 'number') times.push(answer);
      else if (answer === 'silence' || isSilence(answer)) {
        const ours = session.lines().length > 1 ? `${line.subscription.id}: ` : '';
        return fail(`${ours}no answer to a heartbeat within ${formatDuration(timeoutMs)}`, SILENT);
      } else {
        const { detail, hint } = explainEnding(answer, undefined);
        return fail(`the connection ended before a heartbeat was answered: ${detail}`, hint);
      }
    }
    return pass(`answered, round trip ${formatDuration(Math.max(...times))}`);
  },
};

/** The connection's own watch may have ended it at the same moment. */
const isSilence = (ending: { readonly kind: string; readonly reason?: string }): boolean =>
  ending.kind === 'lost' && ending.reason?.startsWith('silent') === true;
