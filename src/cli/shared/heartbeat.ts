import type { HEARTBEAT_FLAGS } from '../../config/connection-flags.ts';
import type { Values } from '../../config/flag.ts';
import type { HeartbeatOptions } from '../../source/zoom-socket/index.ts';

/** The heartbeat, in milliseconds: for every command that connects. */
export const heartbeatOf = (values: Values<typeof HEARTBEAT_FLAGS>): HeartbeatOptions => ({
  everyMs: values.heartbeat,
  timeoutMs: values.heartbeatTimeout,
});
