import type { Connection } from '../../../config/connection.ts';
import { HEARTBEAT_FLAGS, RETRY_FLAGS } from '../../../config/connection-flags.ts';
import type { Values } from '../../../config/flag.ts';
import type { Host } from '../../../host.ts';
import { heartbeatOf } from '../../shared/heartbeat.ts';
import type { PreparedSource } from './kind.ts';

/** How a connection is kept. */
export const SOCKET_FLAGS = { ...HEARTBEAT_FLAGS, ...RETRY_FLAGS };

/** Sooner, the loading would keep the request for the token waiting. */
const TOKEN_ON_ITS_WAY_MS = 2;

/** Opens the event socket that these settings lead to, and lets other runs of `zoom-ws` know that it is in use. */
export const openWith = (host: Host, values: Values<typeof SOCKET_FLAGS>, settings: Connection): PreparedSource => ({
  key: settings.subscriptions
    .map(({ id }) => id)
    .toSorted()
    .join(','),
  async open(deps, wanted) {
    const [{ openZoomSocket }, { loadSocket }, { createPresence }] = await Promise.all([
      import('../../../source/zoom-socket/index.ts'),
      import('../../../link/dial.ts'),
      import('../../../local/presence/index.ts'),
    ]);
    const showPresence = createPresence(settings.subscriptions, host);
    const source = openZoomSocket(
      {
        settings,
        heartbeat: heartbeatOf(values),
        maxRetries: values.maxRetries,
        onDisplaced: values.onDisplaced,
        wantsFrames: wanted.frames,
        showsFrames: wanted.frameNotices,
      },
      {
        ...deps,
        onLive(isLive) {
          deps.onLive(isLive);
          showPresence(isLive);
        },
      },
    );
    // While the token is on its way there is time to load what comes after it.
    deps.clock
      .sleep(TOKEN_ON_ITS_WAY_MS)
      .then(loadSocket)
      .catch(() => {});
    return { ...source, done: source.done.then(() => showPresence(false)) };
  },
});
