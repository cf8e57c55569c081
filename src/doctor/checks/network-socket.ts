import type { Check } from '../check.ts';
import { connectionOf } from '../connection-of.ts';
import { networkFinding } from '../network-finding.ts';

export const networkSocket: Check = {
  id: 'network.socket',
  section: 3,
  title: "the socket's host can be reached",
  needs: ['subscription.url'],
  limitMs: 60_000,
  run(context, signal) {
    const urls = connectionOf(context).subscriptions.map(({ url }) => url);
    return networkFinding(urls, ['socket URL', 'subscription id'], context, signal);
  },
};
