import { CONNECTION_FLAGS, HEARTBEAT_FLAGS, RETRY_FLAGS } from '../../../config/connection-flags.ts';
import { readFlags } from '../../../config/read-flags.ts';
import { DOTENV_FLAGS, readSettings } from '../../shared/settings.ts';
import type { SourceKind } from './kind.ts';
import { openWith, SOCKET_FLAGS } from './open-socket.ts';

/** Zoom's event socket, with the user's own credentials. */
export const zoomSocket: SourceKind = {
  name: 'zoom-socket',
  groups: [
    { title: 'Connection:', flags: { ...HEARTBEAT_FLAGS, ...RETRY_FLAGS } },
    { title: 'Settings (flag, then environment, then .env):', flags: { ...CONNECTION_FLAGS, ...DOTENV_FLAGS } },
  ],
  isAskedFor: () => true,
  async prepare(host, invocation, complaints) {
    const { values, complaints: malformed } = readFlags(SOCKET_FLAGS, invocation.typed);
    const settings = await readSettings(host, invocation, [...complaints, ...malformed]);
    return openWith(host, values, settings);
  },
};
