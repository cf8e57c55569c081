import { createHmac } from 'node:crypto';
import type { Simulator } from '../../src/simulator/index.ts';
import { openSocket, type SocketClient } from './socket-client.ts';

type Message = Record<string, unknown> & { readonly msg_type?: number };

/** A client of RTMS that knows only what Zoom documents: it signs, says hello, and collects what comes. */
export type RtmsClient = {
  readonly signal: SocketClient;
  /** The first message of that number on signalling. */
  heard(type: number): Promise<Message>;
  /** Opens a media connection and says hello. */
  media(type: number, params?: object, more?: object): Promise<MediaClient>;
  ready(): void;
};

export type MediaClient = SocketClient & {
  readonly answer: Message;
  /** Every message of that number so far. */
  all(type: number): readonly Content[];
  /** Resolves with the first `count` messages of that number. */
  some(type: number, count: number): Promise<readonly Content[]>;
};

export type Content = {
  readonly user_id: number;
  readonly user_name?: string;
  readonly channel_id?: string;
  readonly timestamp: number;
  readonly start_time: number;
  readonly end_time: number;
  readonly data: string;
  readonly attribute?: number;
  readonly sentence_id?: number;
};

export type Start = {
  readonly event: string;
  readonly event_ts: number;
  readonly payload: Readonly<Record<string, string>>;
};

export const sign = ({ rules }: Simulator, id: string, streamId: string, secret = rules.clientSecret): string =>
  createHmac('sha256', secret).update(`${rules.clientId},${id},${streamId}`).digest('hex');

const ID_NAMES = ['meeting_uuid', 'webinar_uuid', 'session_id', 'engagement_id', 'call_id'];

/** The ids and signature that both kinds of handshake have. */
export const credentials = (simulator: Simulator, { payload }: Start) => {
  const name = ID_NAMES.find((one) => payload[one] !== undefined) ?? '';
  const id = payload[name] ?? '';
  const streamId = payload.rtms_stream_id ?? '';
  return { [name]: id, rtms_stream_id: streamId, signature: sign(simulator, id, streamId) };
};

/** The first message of that number; polls, because others come between. */
export const waitFor = async (socket: SocketClient, type: number, count = 1): Promise<readonly Message[]> => {
  const found: Message[] = [];
  for (let index = 0; found.length < count; index += 1) {
    const message = parsed(await socket.frame(index));
    if (message.msg_type === type) found.push(message);
  }
  return found;
};

const parsed = (text: string): Message => {
  try {
    return JSON.parse(text) as Message;
  } catch {
    return {};
  }
};

/** Sends `hello` as the first message and resolves with the first answer. */
export const greet = async (
  url: string,
  hello: object | string,
): Promise<{ client: SocketClient; answer: Message }> => {
  const client = openSocket(url);
  client.socket.on('open', () => client.socket.send(typeof hello === 'string' ? hello : JSON.stringify(hello)));
  client.socket.on('message', (data) => {
    const { msg_type, timestamp } = parsed(String(data));
    if (msg_type === 12) client.socket.send(JSON.stringify({ msg_type: 13, timestamp }));
  });
  return { client, answer: parsed(await client.frame(0)) };
};

/** Takes the stream of a start event: signalling is accepted when it resolves. */
export const takeStream = async (simulator: Simulator, start: Start, more: object = {}): Promise<RtmsClient> => {
  const proof = credentials(simulator, start);
  const { client: signal, answer } = await greet(start.payload.server_urls ?? '', {
    msg_type: 1,
    protocol_version: 1,
    sequence: 1,
    ...proof,
    ...more,
  });
  const { server_urls: urls } = answer.media_server as { server_urls: Record<string, string> };
  const say = (message: object) => signal.socket.send(JSON.stringify(message));
  return {
    signal,
    heard: async (type) => (await waitFor(signal, type))[0] ?? {},
    ready: () => say({ msg_type: 7, rtms_stream_id: start.payload.rtms_stream_id }),
    async media(type, params, rest = {}) {
      const hello = { msg_type: 3, ...proof, media_type: type, ...(params && { media_params: params }), ...rest };
      const { client, answer } = await greet(urls.all ?? '', hello);
      const contents = (messages: readonly Message[]) => messages.map(({ content }) => content as Content);
      return {
        ...client,
        answer,
        all: (number) =>
          contents(client.frames.map(parsed).filter(({ msg_type, content }) => msg_type === number && content)),
        some: async (number, count) => contents(await waitFor(client, number, count)),
      };
    },
  };
};
