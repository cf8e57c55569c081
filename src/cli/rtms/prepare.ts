import type { Connection } from '../../config/connection.ts';
import type { Values } from '../../config/flag.ts';
import { readFlags } from '../../config/read-flags.ts';
import type { Host } from '../../host.ts';
import type { SigningKey } from '../../rtms/index.ts';
import type { Invocation } from '../command.ts';
import { readSettings, refuse } from '../shared/settings.ts';
import { openWith, SOCKET_FLAGS } from '../tail/sources/open-socket.ts';
import { type Feed, joinFeed, newsIn, readJoinEvent, recordingFeed } from './feed.ts';
import type { RtmsValues } from './flags.ts';
import { readKeys, withSdkVariables } from './keys.ts';
import { runRtms } from './run.ts';

/** Reads settings and what says where streams come from; then the run begins. Nothing is sent before all is well. */
export const prepare = async (
  given: Host,
  invocation: Invocation,
  values: RtmsValues,
  malformed: readonly string[],
): Promise<number> => {
  const host = await withSdkVariables(given, invocation);
  const complaints = [...malformed];
  const run = (feed: Feed, keys: Parameters<typeof runRtms>[4], endsWithThem: boolean) =>
    runRtms(host, invocation, values, feed, keys, endsWithThem);

  if (values.join !== undefined) {
    const news = await readJoinEvent(values.join, host);
    const keys = await readKeys(host, invocation, news.start.product === 'session' ? 'either' : 'app', complaints);
    refuse(complaints);
    return run(joinFeed(news), keys, true);
  }
  if (values.from !== undefined) {
    const keys = await readKeys(host, invocation, 'either', complaints);
    refuse(complaints);
    return run(recordingFeed(values.from, host), keys, true);
  }
  const { values: socketValues, complaints: socketComplaints } = readFlags(SOCKET_FLAGS, invocation.typed);
  if (values.demo) {
    refuse([...complaints, ...socketComplaints]);
    const { openDemo } = await import('../tail/sources/open-demo.ts');
    const { settings, close } = await openDemo(host, invocation.secrets, 'streams');
    const keys = { app: appOf(settings), sdk: undefined, ca: undefined };
    try {
      return await run(socketFeed(host, invocation, socketValues, settings), keys, false);
    } finally {
      await close();
    }
  }
  const keys = await readKeys(host, invocation, 'none', complaints);
  const settings = await readSettings(host, invocation, [...complaints, ...socketComplaints]);
  const app = appOf(settings) ?? (await readKeys(host, invocation, 'either', complaints)).app;
  refuse(complaints);
  return run(socketFeed(host, invocation, socketValues, settings), { ...keys, app }, false);
};

const appOf = ({ credentials }: Connection): SigningKey | undefined =>
  credentials.kind === 'app' ? { clientId: credentials.clientId, secret: credentials.clientSecret } : undefined;

/** News from the event socket, which stays connected for as long as the run lasts. */
const socketFeed =
  (host: Host, { secrets }: Invocation, values: Values<typeof SOCKET_FLAGS>, settings: Connection): Feed =>
  async (receiver, { notify, signal, emit }) => {
    const { open } = openWith(host, values, settings);
    const deps = { ...host, secrets, notify, signal, onLive: () => {} };
    const source = await open(deps, { frames: false, frameNotices: false });
    try {
      for await (const news of newsIn(source.arrivals, (arrival) => arrival.kind === 'lifecycle' && emit(arrival))) {
        receiver.hear(news);
      }
    } finally {
      await source.done;
    }
  };
