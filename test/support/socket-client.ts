import { WebSocket } from 'ws';
import type { Simulator } from '../../src/simulator/index.ts';

/** A plain client of the event socket: it collects frames and says how it ended. */
export type SocketClient = {
  readonly socket: WebSocket;
  readonly frames: readonly string[];
  /** Resolves with the frame at this place, as soon as it is there; rejects if the connection ends before. */
  readonly frame: (index: number) => Promise<string>;
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
};

/** Opens a WebSocket and collects what comes. */
export const openSocket = (url: string, headers: Record<string, string> = {}): SocketClient => {
  const socket = new WebSocket(url, { headers, rejectUnauthorized: false });
  const frames: string[] = [];
  const lookers = new Set<() => void>();
  let ended = '';
  const look = () => {
    for (const looker of lookers) looker();
  };
  socket.on('message', (data) => {
    frames.push(String(data));
    look();
  });
  socket.on('error', (error) => {
    ended ||= error.message;
  });
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.on('close', (code, reason) => {
      ended ||= `closed with ${code} ${reason}`;
      look();
      resolve({ code, reason: String(reason) });
    });
  });
  const frame = (index: number) =>
    new Promise<string>((resolve, reject) => {
      const looker = () => {
        const found = frames[index];
        if (found !== undefined) resolve(found);
        else if (ended !== '') reject(new Error(`${ended} before frame ${index}; got ${JSON.stringify(frames)}`));
        else return;
        lookers.delete(looker);
      };
      lookers.add(looker);
      looker();
    });
  return { socket, frames, frame, closed };
};

/** A token of the simulator, got as a client gets one. */
export const fetchToken = async ({ settings }: Simulator): Promise<string> => {
  const answer = await fetch(settings.ZOOM_OAUTH_URL, {
    method: 'POST',
    headers: { authorization: basic(settings.ZOOM_CLIENT_ID, settings.ZOOM_CLIENT_SECRET) },
    body: new URLSearchParams({ grant_type: 'account_credentials', account_id: settings.ZOOM_ACCOUNT_ID }),
  });
  const { access_token } = (await answer.json()) as { access_token: string };
  return access_token;
};

export const basic = (user: string, password: string): string =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

/** The socket's URL for a token and a subscription. */
export const socketUrl = (
  { settings }: Simulator,
  token: string,
  subscription = settings.ZOOM_SUBSCRIPTION_ID,
): string => `${settings.ZOOM_WS_URL}?subscriptionId=${subscription}&access_token=${token}`;

/** A client whose connection has been accepted. */
export const connect = async (simulator: Simulator, subscription?: string): Promise<SocketClient> => {
  const client = openSocket(socketUrl(simulator, await fetchToken(simulator), subscription));
  await client.frame(0);
  return client;
};
