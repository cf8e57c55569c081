import type { HEARTBEAT_FLAGS } from '../../config/connection-flags.ts';
import type { Values } from '../../config/flag.ts';
import type { HeartbeatOptions } from '../../source/zoom-socket/index.ts';

/** Zoom expects a heartbeat every 30 s [Zoom's documentation, "Using WebSockets"]. */
const HEARTBEAT_MS = 30_000;
const HEARTBEAT_TIMEOUT_MS = 10_000;

/** The heartbeat that was asked for, in milliseconds, or the usual one: for every command that connects. */
export const heartbeatOf = (values: Values<typeof HEARTBEAT_FLAGS>): HeartbeatOptions => ({
  everyMs: values.heartbeat ?? HEARTBEAT_MS,
  timeoutMs: values.heartbeatTimeout ?? HEARTBEAT_TIMEOUT_MS,
});
