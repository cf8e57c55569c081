import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';
import type { EpochMs } from '../time/clock.ts';
import type { Affliction } from './faults.ts';

/** One connection to the event socket. */
export type Client = {
  readonly id: number;
  readonly subscription: string;
  readonly socket: WebSocket;
  /** The TCP or TLS socket below. */
  readonly wire: Socket;
  readonly openedAt: EpochMs;
  state: ClientState;
  heartbeatAt: EpochMs | undefined;
  heartbeats: number;
  sent: number;
  /** Characters that wait for their time (the fault `delay`). */
  heldBack: number;
  /** What is wrong with what it gets. */
  readonly afflictions: Set<Affliction>;
  /** Aborted when the connection has ended. */
  readonly gone: AbortController;
};

/**
 * `waiting` for its answer, `live`, `fading` (another one is accepted, this one is not told yet), `told` to go,
 * `zombie` (open, and dead).
 */
export type ClientState = 'waiting' | 'live' | 'fading' | 'told' | 'zombie';

/** A client that leaves this much unread, in bytes, does not read at all. */
const MOST_UNSENT = 16 * 1024 * 1024;

/**
 * Writes frames in one go. A connection that is closing takes none, and one whose client has stopped reading is ended: what
 * it does not read would fill the memory.
 */
export const write = (client: Client, frames: readonly (string | Buffer)[]): void => {
  if (client.socket.readyState !== client.socket.OPEN || client.state === 'zombie') return;
  if (client.socket.bufferedAmount > MOST_UNSENT) return client.socket.terminate();
  client.wire.cork();
  for (const frame of frames) client.socket.send(frame, { binary: typeof frame !== 'string' });
  client.wire.uncork();
};

/** How much has been sent and has not left yet. */
export const backlog = (client: Client): number => client.socket.bufferedAmount + client.heldBack;

/** Ends the TCP connection with a reset: no close frame, no FIN. */
export const reset = (client: Client): void => {
  // TLS sockets have no reset of their own; without a close frame or close_notify the effect is the same.
  if ('encrypted' in client.wire) client.wire.destroy();
  else client.wire.resetAndDestroy();
};

/** Stops reading and writing; TCP stays open, so that only silence tells. */
export const freeze = (client: Client): void => {
  client.state = 'zombie';
  client.socket.pause();
};
