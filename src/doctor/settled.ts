import type { Duplex } from 'node:stream';

/** Resolves when a socket says so; rejects when it fails or closes before that. */
export const settled = (socket: Duplex, event: 'connect' | 'secureConnect'): Promise<void> =>
  new Promise((resolve, reject) => {
    socket.once(event, () => resolve());
    // Stays on: an error that comes later than this is of no interest, but must not be unheard.
    socket.on('error', reject);
    socket.once('close', () => reject(Object.assign(new Error('the connection was closed'), { code: 'ECONNRESET' })));
  });
