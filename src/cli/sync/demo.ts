import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Connection } from '../../config/connection.ts';
import { envLayers } from '../../config/env.ts';
import type { Host } from '../../host.ts';
import { LAST_OF_WEBINAR, type Simulator, startWebinarDemo } from '../../simulator/index.ts';
import { DEFAULT_CONFIG, foundInEvents, type SyncConfig } from '../../sync/index.ts';
import type { Invocation } from '../command.ts';
import { refuse, settingsWorld } from '../shared/settings.ts';
import type { SyncValues } from './flags.ts';
import { reported } from './reported.ts';
import { readConfigFile } from './settings.ts';
import { socket } from './source.ts';
import { syncWith } from './sync-with.ts';

/** The lists that the stand-in for Brevo has. */
const LISTS = { meetingParticipants: 15, webinarAttendees: 16, webinarRegistrants: 17 };

/** One story, told by a simulator inside this process, synced into its stand-in for Brevo, whatever the settings are. */
export const runDemo = async (host: Host, invocation: Invocation, values: SyncValues): Promise<number> => {
  const { typed, secrets, general, notify } = invocation;
  const complaints: string[] = [];
  const world = settingsWorld(host, notify);
  const layers = await envLayers(world, undefined);
  const { config } = await readConfigFile(values.config, world, layers, complaints);
  refuse(complaints);
  const simulator = await startWebinarDemo(host);
  const folder = mkdtempSync(join(tmpdir(), 'zoom-ws-demo-'));
  const zoom = connectionOf(simulator, secrets);
  try {
    return await reported(host, values, { general, notify, report: values.report }, (parts) =>
      syncWith({
        host,
        secrets,
        values: { ...values, ledger: values.ledger ?? join(folder, 'ledger.ndjson'), settle: values.settle ?? 0 },
        settings: {
          config: config ?? demoConfig,
          zoom,
          zoomAccount: simulator.rules.accountId,
          brevo: {
            url: simulator.settings.BREVO_API_URL,
            key: secrets.keep(simulator.settings.BREVO_API_KEY),
            place: 'the demo',
          },
          complaints: [],
          warnings: [],
        },
        source: ({ deps, settleMs, memory, keys }) => {
          const events = { config: config ?? demoConfig, keys, memory, settleMs, now: host.clock.now };
          const open = socket(host, typed, zoom, deps);
          return { isLive: false, isBackfill: false, found: (signal) => foundInEvents(oneStory(open, signal), events) };
        },
        ...parts,
      }),
    );
  } finally {
    await simulator.close();
    rmSync(folder, { recursive: true, force: true });
  }
};

const demoConfig: SyncConfig = { ...DEFAULT_CONFIG, lists: LISTS };

/** The events of the socket up to the last of the story. */
async function* oneStory(open: ReturnType<typeof socket>, signal: AbortSignal) {
  const over = new AbortController();
  for await (const batch of open(AbortSignal.any([signal, over.signal]))) {
    yield batch;
    if (batch.some((arrival) => arrival.kind === 'event' && arrival.type === LAST_OF_WEBINAR)) over.abort();
  }
}

const connectionOf = ({ settings }: Simulator, secrets: Invocation['secrets']): Connection => ({
  credentials: {
    kind: 'app',
    grant: 'account_credentials',
    accountId: settings.ZOOM_ACCOUNT_ID,
    clientId: settings.ZOOM_CLIENT_ID,
    clientSecret: secrets.keep(settings.ZOOM_CLIENT_SECRET),
    place: 'the demo',
  },
  subscriptions: [{ id: settings.ZOOM_SUBSCRIPTION_ID, url: settings.ZOOM_WS_URL }],
  oauthUrl: settings.ZOOM_OAUTH_URL,
  apiUrl: settings.ZOOM_API_URL,
});
