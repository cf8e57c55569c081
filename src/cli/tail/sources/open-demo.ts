import type { Connection } from '../../../config/connection.ts';
import type { Host } from '../../../host.ts';
import type { SecretKeeper } from '../../../secret.ts';
import { startDemo, startRtmsDemo } from '../../../simulator/index.ts';

export type Demo = { readonly settings: Connection; close(): Promise<void> };

/** What a demo shows: events of every kind, or streams of meetings. */
type DemoKind = 'stories' | 'streams';

/**
 * A stand-in for Zoom inside this process, on loopback, that tells its stories by itself; and the settings that lead to
 * it, whatever the user's own say.
 */
export const openDemo = async (
  { clock, random }: Pick<Host, 'clock' | 'random'>,
  secrets: SecretKeeper,
  kind: DemoKind = 'stories',
): Promise<Demo> => {
  const simulator = await (kind === 'stories' ? startDemo : startRtmsDemo)({ clock, random });
  const { settings } = simulator;
  return {
    settings: {
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
    },
    close: () => simulator.close(),
  };
};
