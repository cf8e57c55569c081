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
  const keys = await readKeys(host, invocation, 'none', complaints);
  const settings = await readSettings(host, invocation, [...complaints, ...socketComplaints]);
  const { credentials } = settings;
  const app: SigningKey | undefined =
    credentials.kind === 'app'
      ? { clientId: credentials.clientId, secret: credentials.clientSecret }
      : (await readKeys(host, invocation, 'either', complaints)).app;
  refuse(complaints);
  const feed: Feed = async (receiver, { notify, signal, emit }) => {
    const source = await openWith(host, socketValues, settings).open(
      { ...host, secrets: invocation.secrets, notify, signal, onLive: () => {} },
      { frames: false, frameNotices: false },
    );
    try {
      for await (const news of newsIn(source.arrivals, (arrival) => arrival.kind === 'lifecycle' && emit(arrival))) {
        receiver.hear(news);
      }
    } finally {
      await source.done;
    }
  };
  return run(feed, { ...keys, app }, false);
};
