import type { Ending } from '../source/zoom-socket/index.ts';
import { EVENT_SUBSCRIPTIONS } from '../zoom/marketplace.ts';
import { explainSocketRefusal } from '../zoom/socket-refusals.ts';
import type { DoctorContext } from './context.ts';

export type EndingInWords = { readonly detail: string; readonly hint: string };

const OTHER_CLIENT = `Find the other client (another zoom-ws, a server, a colleague) and stop it, or make a subscription of its own for each: ${EVENT_SUBSCRIPTIONS}, Add.`;

/** Why a connection ended, with Zoom's own words, and what to do about it. */
export const explainEnding = (ending: Ending, grantedScope: string | undefined): EndingInWords => {
  switch (ending.kind) {
    case 'refused': {
      const { meaning, hint } = explainSocketRefusal(ending.words);
      return {
        detail: `Zoom refused the connection: "${ending.words}"; ${meaning}`,
        hint: `${hint}${aboutScope(grantedScope)}`,
      };
    }
    case 'displaced':
      return { detail: `another client took the subscription: Zoom said "${ending.words}"`, hint: OTHER_CLIENT };
    case 'lost':
      return { detail: ending.reason, hint: ending.advice ?? adviceFor(ending.reason, ending.code) };
    case 'asked':
      return { detail: 'closed by zoom-ws', hint: '' };
    default:
      ending satisfies never;
      throw new TypeError('an ending of no known kind');
  }
};

/** That the socket checks this scope is not documented, only likely: said where it may explain a refusal. */
const SCOPE = 'marketplace:write:websocket_connection';

const aboutScope = (scope: string | undefined): string =>
  scope === undefined || scope.includes(SCOPE) ? '' : ` The token lacks the scope ${SCOPE}, which may be the reason.`;

const adviceFor = (reason: string, code: number): string => {
  if (/no answer to the connection/.test(reason)) {
    return 'The socket opened but Zoom did not say whether it accepts it: try again; if it stays, something in between holds frames back (a proxy that does not know WebSockets).';
  }
  if (/silent/.test(reason)) return SILENT;
  if (/upgrade was answered/.test(reason)) {
    return /answered (429|5\d\d)/.test(reason)
      ? 'Zoom is busy or has trouble: try again in a minute; https://status.zoom.us tells more.'
      : 'That is no WebSocket server, or a proxy answers instead of Zoom: check --ws-url (ZOOM_WS_URL) and HTTPS_PROXY.';
  }
  if (code === 1000 || code === 1001) return `Try again. ${OTHER_CLIENT}`;
  return 'Try again; if it stays, a firewall or proxy cuts WebSockets: try from another network.';
};

export const SILENT =
  'The connection is half dead: a firewall, a proxy or a NAT drops it without a word. Try from another network; tail reconnects by itself when this happens.';

/** The scope of the token, for explanations. */
export const scopeOf = async ({ tokens }: Pick<DoctorContext, 'tokens'>): Promise<string | undefined> =>
  (await tokens.token()).granted?.scope;
