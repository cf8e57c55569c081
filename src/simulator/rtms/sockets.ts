import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { later } from '../later.ts';
import { readPath } from './addresses.ts';
import { type Line, openLine } from './line.ts';
import { admitMedia } from './media-desk.ts';
import { admitSignal, type DeskDeps, hearSignal } from './signal-desk.ts';
import type { MediaLine, Stream } from './stream.ts';

/** Nothing that a client of RTMS has to say comes near this. */
const LARGEST_CLIENT_MESSAGE = 64 * 1024;
/** Whoever says nothing for this long after connecting is sent away. */
const HANDSHAKE_MS = 15_000;

/** The signalling and media servers. */
export const createRtmsSockets = (deps: DeskDeps) => {
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    maxPayload: LARGEST_CLIENT_MESSAGE,
    perMessageDeflate: false,
  });
  const lines = new Set<Line>();

  const opened = (socket: WebSocket, wire: Socket, kind: 'signal' | 'media', number: number): void => {
    let stream: Stream | undefined;
    let mine: MediaLine | undefined;
    let wasUnanswered = false;
    const line = openLine(socket, wire, deps.clock, {
      onMessage(message) {
        if (stream !== undefined) {
          if (kind === 'signal') hearSignal(stream, line, message, deps);
          return;
        }
        if (kind === 'signal') stream = admitSignal(line, message, number, deps);
        else {
          const admitted = admitMedia(line, message, number, deps);
          stream = admitted?.stream;
          mine = admitted?.mine;
        }
      },
      onUnanswered() {
        wasUnanswered = true;
        deps.say('an rtms client has left three keep-alives unanswered: its connection is closed');
        line.cut();
      },
    });
    lines.add(line);
    later(deps.clock, HANDSHAKE_MS, line.gone, () => {
      if (stream === undefined) line.close();
    });
    line.gone.addEventListener('abort', () => {
      lines.delete(line);
      if (stream === undefined) return;
      if (kind === 'signal') deps.life.lostSignal(stream, line, wasUnanswered);
      else if (mine !== undefined) deps.life.lostMedia(stream, mine, wasUnanswered);
    });
  };

  return {
    lines,
    /** Takes an upgrade; false for a path that is not ours. */
    upgrade(request: IncomingMessage, wire: Socket, head: Buffer): boolean {
      const path = readPath((request.url ?? '').replace(/\?.*$/, ''));
      if (path === undefined) return false;
      wire.on('error', () => wire.destroy());
      server.handleUpgrade(request, wire, head, (socket) => opened(socket, wire, path.kind, path.server));
      return true;
    },
  };
};
