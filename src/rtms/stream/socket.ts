import { proxyFor } from '../../http/proxy.ts';
import { dial, type LinkEnd } from '../../link/dial.ts';
import { Secret, type SecretKeeper } from '../../secret.ts';
import type { Clock } from '../../time/clock.ts';
import { MESSAGE } from '../wire/codes.ts';
import { type Message, readMessage } from '../wire/message.ts';

/** Nothing at all for this long means that the connection is lost [Zoom, "Failover and reconnection"]. */
const SILENT_MS = 65_000;
/** How often that is looked at. */
const LOOK_MS = 5_000;
/** Larger than any picture in base64 (QHD as PNG has several MiB). */
const LARGEST_MESSAGE = 32 * 1024 * 1024;

/** One WebSocket to Zoom's media service, signalling or media. */
export type RtmsSocket = {
  /** Resolves once the upgrade is done; never if it fails. */
  readonly opened: Promise<void>;
  readonly closed: Promise<LinkEnd>;
  send(message: object): void;
  /** Says goodbye with 1000. */
  close(): void;
  /** When something last came, in the clock's monotonic milliseconds and by the wall. */
  lastHeard(): number;
};

export type SocketWorld = {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly ca: string | undefined;
  readonly clock: Clock;
  readonly secrets: SecretKeeper;
};

export type OnMessage = (message: Message, data: Buffer | undefined) => void;

export type SocketEars = {
  readonly onMessage: OnMessage;
  /** Told of each message as it came, before anything is made of it. */
  readonly onRaw: (payload: Buffer, message: Message | undefined, data: Buffer | undefined) => void;
};

/** Opens a socket whose keep-alives are answered at once, and which is cut when it falls silent. */
export const openSocket = async (
  url: string,
  world: SocketWorld,
  { onMessage, onRaw }: SocketEars,
): Promise<RtmsSocket> => {
  const { clock, env, ca, secrets } = world;
  let heardAt = clock.monotonic();
  let heardWall = clock.now();
  const ended = new AbortController();
  const { search } = new URL(url);
  if (search !== '') secrets.keep(search.slice(1));
  const link = await dial(
    new Secret(url),
    proxyFor(url, env),
    (payload) => {
      heardAt = clock.monotonic();
      heardWall = clock.now();
      const read = readMessage(payload);
      if (read?.message.type === MESSAGE.keepAlive) {
        const { timestamp } = read.message.fields;
        link.send(JSON.stringify({ msg_type: MESSAGE.keepAliveAnswer, ...(timestamp !== undefined && { timestamp }) }));
      }
      onRaw(payload, read?.message, read?.data);
      if (read && read.message.type !== MESSAGE.keepAlive) onMessage(read.message, read.data);
    },
    { largestFrame: LARGEST_MESSAGE, ca },
  );
  link.closed.then(() => ended.abort());
  const watch = async (): Promise<void> => {
    while (!ended.signal.aborted) {
      await clock.sleep(LOOK_MS, ended.signal).catch(() => {});
      if (clock.monotonic() - heardAt >= SILENT_MS) return link.terminate();
    }
  };
  watch();
  return {
    opened: link.opened,
    closed: link.closed,
    send: (message) => link.send(JSON.stringify(message)),
    close() {
      link.close();
    },
    lastHeard: () => heardWall,
  };
};
