import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

type Fields = Readonly<Record<string, unknown>>;

/** One socket that reached the server: what it said, in order. */
export type RtmsPeer = { readonly socket: WebSocket; readonly path: string; readonly said: Fields[] };

/** Zoom's media service, played from a script on real sockets: every step can be answered otherwise. */
export type ScriptedRtms = {
  readonly url: string;
  readonly peers: readonly RtmsPeer[];
  readonly streamId: string;
  /** The start event of its one stream. */
  readonly startEvent: string;
  /** Answers message 1; undefined for the usual answer. */
  onSignal: ((peer: RtmsPeer, message: Fields) => boolean) | undefined;
  /** Answers message 3. */
  onMedia: ((peer: RtmsPeer, message: Fields) => boolean) | undefined;
  /** Called when the client says that it is ready. */
  onReady: () => void;
  /** Keys of the addresses in message 2. */
  addresses: readonly string[];
  /** Sends on the signalling socket, or on the media socket that was asked for that type. */
  signal(message: object | string | Buffer): void;
  media(type: number, message: object | string | Buffer): void;
  mediaPeer(type: number): RtmsPeer | undefined;
  /** Everything that any client said of one type. */
  said(type: number): readonly Fields[];
  close(): Promise<void>;
};

export const RTMS_CLIENT = { id: 'client-of-the-test', secret: 'secret-of-the-test-app' } as const;
export const RTMS_ENV = { ZOOM_CLIENT_ID: RTMS_CLIENT.id, ZOOM_CLIENT_SECRET: RTMS_CLIENT.secret } as const;

const UUID = '4444AAAiAAAAAiAiAiiAii==';

export const scriptedRtms = async (streamId = '03db704592624398931a588dd78200cb'): Promise<ScriptedRtms> => {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
  await once(server, 'listening');
  const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const peers: RtmsPeer[] = [];
  const signature = createHmac('sha256', RTMS_CLIENT.secret)
    .update(`${RTMS_CLIENT.id},${UUID},${streamId}`)
    .digest('hex');
  const isOpen = ({ socket }: RtmsPeer) => socket.readyState === socket.OPEN;
  const send = (peer: RtmsPeer | undefined, message: object | string | Buffer): void =>
    peer?.socket.send(typeof message === 'string' || Buffer.isBuffer(message) ? message : JSON.stringify(message));

  const answer = (peer: RtmsPeer, message: Fields): void => {
    if (message.msg_type === 1) {
      if (rtms.onSignal?.(peer, message)) return;
      const isRight = message.signature === signature && message.rtms_stream_id === streamId;
      const urls = Object.fromEntries(rtms.addresses.map((key) => [key, `${url}/media?token=hidden`]));
      const refused = { status_code: 3, reason: 'Invalid signature' };
      send(peer, {
        msg_type: 2,
        ...(isRight ? { status_code: 0, reason: '', media_server: { server_urls: urls } } : refused),
      });
    }
    if (message.msg_type === 3 && !rtms.onMedia?.(peer, message)) {
      send(peer, { msg_type: 4, status_code: 0, reason: '', media_params: message.media_params });
    }
    if (message.msg_type === 7) rtms.onReady();
    if (message.msg_type === 21) {
      send(peer, { msg_type: 22, rtms_stream_id: streamId, status_code: 0, reason: 'OK', timestamp: 1 });
    }
  };
  server.on('connection', (socket, request) => {
    const peer: RtmsPeer = { socket, path: request.url ?? '', said: [] };
    peers.push(peer);
    socket.on('message', (data) => {
      const message = JSON.parse(String(data)) as Fields;
      peer.said.push(message);
      answer(peer, message);
    });
    socket.on('error', () => {});
  });
  const signalPeer = () => peers.findLast((peer) => isOpen(peer) && peer.said.some(({ msg_type }) => msg_type === 1));
  const rtms: ScriptedRtms = {
    url,
    peers,
    streamId,
    startEvent: JSON.stringify({
      event: 'meeting.rtms_started',
      event_ts: 1_763_719_200_123,
      payload: {
        meeting_uuid: UUID,
        operator_id: 'op',
        rtms_stream_id: streamId,
        server_urls: `${url}/signal?token=hidden`,
      },
    }),
    onSignal: undefined,
    onMedia: undefined,
    onReady: () => {},
    addresses: ['audio', 'video', 'deskshare', 'transcript', 'chat'],
    signal: (message) => send(signalPeer(), message),
    media: (type, message) => send(rtms.mediaPeer(type), message),
    mediaPeer: (type) =>
      peers.findLast((peer) => isOpen(peer) && peer.said.some(({ media_type }) => media_type === type)),
    said: (type) => peers.flatMap(({ said }) => said.filter(({ msg_type }) => msg_type === type)),
    async close() {
      for (const client of server.clients) client.terminate();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return rtms;
};

export const START_MS = 1_763_719_201_000;

/** A sentence of the transcript, `ms` after the stream's start. */
export const said = (ms: number, user: number, text: string, more: Fields = {}): object => ({
  msg_type: 17,
  content: {
    user_id: user,
    user_name: user === 1 ? 'Ada' : 'Søren',
    start_time: START_MS + ms,
    end_time: START_MS + ms + 900,
    timestamp: START_MS + ms + 1000,
    language: 9,
    data: text,
    ...more,
  },
});

export const ended = (reason: number | string = 6): object => ({
  msg_type: 8,
  state: 4,
  reason,
  timestamp: START_MS + 9000,
});
