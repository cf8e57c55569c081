import { formatDuration } from '../../time/duration.ts';
import { type Check, fail, pass, warn } from '../check.ts';
import { explainEnding } from '../explain-ending.ts';

export const socketExclusive: Check = {
  id: 'socket.exclusive',
  section: 4,
  title: 'no other consumer on the subscription',
  needs: ['socket.accepted'],
  limitMs: ({ waitMs }) => waitMs + 5_000,
  async run({ session, consent }) {
    await session.listened();
    const ends = session.lines().flatMap((line) => {
      const end = line.end();
      return end ? [{ id: line.subscription.id, ...end }] : [];
    });
    const several = session.lines().length > 1;
    const displaced = ends.find(({ ending }) => ending.kind === 'displaced');
    const { displaces } = await consent();
    const own = displaces.length === 0 ? '' : `; a zoom-ws of yours was connected before (pid ${displaces.join(', ')})`;
    if (displaced) {
      const { detail, hint } = explainEnding(displaced.ending, undefined);
      const after = formatDuration(displaced.afterMs);
      const who = several ? `${displaced.id}: ` : '';
      return fail(`${who}displaced ${after} after connecting: ${detail}${own}`, hint);
    }
    const [lost] = ends;
    if (lost) {
      const { detail, hint } = explainEnding(lost.ending, undefined);
      return warn(
        `the connection did not hold: after ${formatDuration(lost.afterMs)} it ended (${detail})${own}`,
        `Perhaps another consumer took the subscription without Zoom saying so. ${hint}`.trim(),
      );
    }
    const watched = `no one displaced us in ${formatDuration(session.listenedMs())}`;
    return own === ''
      ? pass(watched)
      : warn(`${watched}${own}, and was displaced by this test`, 'Start it again, if it does not reconnect by itself.');
  },
};
