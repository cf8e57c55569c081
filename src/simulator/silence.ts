import type { Clock } from '../time/clock.ts';
import type { Client } from './client.ts';
import type { Log } from './log.ts';
import type { Rules } from './rules.ts';

type SilenceDeps = {
  readonly rules: Rules;
  readonly clock: Clock;
  readonly log: Log;
  readonly signal: AbortSignal;
};

/**
 * Closes clients that have sent no heartbeat for too long, one watch for all of them. Resolves when the signal aborts.
 * Only the heartbeat message counts: a client that sends WebSocket pings instead is found out here, as with Zoom.
 */
export const closeSilentClients = async (clients: ReadonlySet<Client>, deps: SilenceDeps): Promise<void> => {
  const { rules, clock, log, signal } = deps;
  while (!signal.aborted) {
    const now = clock.now();
    let next = now + rules.silentAfterMs;
    for (const client of clients) {
      if (client.state === 'told' || client.state === 'zombie') continue;
      const deadline = (client.heartbeatAt ?? client.openedAt) + rules.silentAfterMs;
      if (deadline > now) {
        next = Math.min(next, deadline);
        continue;
      }
      client.state = 'told';
      client.socket.close(rules.silentClose.code, rules.silentClose.reason);
      log({
        what: 'silent',
        text: `client ${client.id} sent no heartbeat for ${rules.silentAfterMs / 1000} s and is closed`,
      });
    }
    // Cut short by the end of the simulator.
    await clock.sleep(Math.max(1, next - now), signal).catch(() => {});
  }
};
