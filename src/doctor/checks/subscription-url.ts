import { isLoopback, isZoomHost } from '../../http/hosts.ts';
import { EVENT_SUBSCRIPTIONS } from '../../zoom/marketplace.ts';
import { type Check, type Finding, fail, pass, warn } from '../check.ts';
import { connectionOf } from '../connection-of.ts';
import type { DoctorContext } from '../context.ts';

/** Hosts of Zoom's that are not the event socket's, with what they are. */
const OTHER_HOSTS: Readonly<Record<string, string>> = {
  'marketplace.zoom.us': 'the Marketplace page',
  'api.zoom.us': 'the API',
  'zoom.us': 'the web site',
  'developers.zoom.us': 'the documentation',
};

export const subscriptionUrl: Check = {
  id: 'subscription.url',
  section: 2,
  title: 'the endpoint of the subscription',
  needs: ['setup.settings'],
  limitMs: 5_000,
  run(context) {
    const { subscriptions, oauthUrl } = connectionOf(context);
    const endpoints = subscriptions.map(({ id, url }) => `${url}, subscription ${id}`);
    const doubts = subscriptions.map(({ id, url }) => doubtsAbout(id, new URL(url), new URL(oauthUrl), context));
    const first = doubts.flat().sort((a, b) => Number(b.status === 'fail') - Number(a.status === 'fail'))[0];
    if (first) return { ...first, detail: `${endpoints.join('\n')}\n${first.detail}` };
    return pass(
      `${endpoints.join('\n')}\n(which event types it selects, Zoom does not tell: see ${EVENT_SUBSCRIPTIONS.replace('https://', '')})`,
    );
  },
};

const doubtsAbout = (id: string, url: URL, oauth: URL, { setup }: DoctorContext): readonly Finding[] => {
  const again = `Copy the endpoint URL again: ${EVENT_SUBSCRIPTIONS}, method WebSocket, and put it into ZOOM_SUBSCRIPTION_ID or ZOOM_WS_URL as it is.`;
  const taken = setup.written.find(
    ({ what, text }) => (what === 'client id' || what === 'account id' || what === 'client secret') && text === id,
  );
  if (taken) return [fail(`this is the ${taken.what}, not a subscription id`, again)];
  if (/[?&]|subscriptionid=/i.test(id)) return [fail('the subscription id holds pieces of a URL', again)];
  const other = OTHER_HOSTS[url.hostname];
  if (other !== undefined) return [fail(`${url.hostname} is ${other}, not the event socket (ws.zoom.us)`, again)];
  if (isLoopback(url.hostname)) return [];
  if (!isZoomHost(url.hostname)) {
    return [
      warn(`${url.hostname} is not a host of Zoom's, and the token goes there`, `If that is not meant: ${again}`),
    ];
  }
  if (isGov(url) !== isGov(oauth) && isZoomHost(oauth.hostname)) {
    return [
      warn(
        'socket and token endpoint are of two clouds (zoom.us and zoomgov.com)',
        'Set ZOOM_OAUTH_URL and ZOOM_WS_URL to the same cloud.',
      ),
    ];
  }
  return url.pathname === '/ws' ? [] : [warn(`the path is ${url.pathname}, and Zoom documents /ws`, again)];
};

const isGov = ({ hostname }: URL): boolean => hostname.endsWith('zoomgov.com');
