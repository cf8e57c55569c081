import type { Connection } from '../../config/connection.ts';
import { createCaller } from '../../http/calls.ts';
import { isZoomHost } from '../../http/hosts.ts';
import { createTokenKeeper } from '../../oauth/token-keeper.ts';
import type { SourceDeps } from '../../source/source.ts';
import { createLookups, createZoomClient, type ZoomLookups } from '../../zoom-api/index.ts';

const GLOBAL_API = 'https://api.zoom.us/v2';

/** Zoom's look-ups with the app's own credentials; `close` lets go of the connections. */
export const openZoom = (
  settings: Connection,
  deps: SourceDeps & { readonly maxWaitMs: number },
): { readonly zoom: ZoomLookups; close(): void } => {
  const keeper = createTokenKeeper(settings.credentials, settings.oauthUrl, deps);
  const base = (): string => settings.apiUrl ?? apiOf(keeper.granted()?.apiUrl);
  let caller: ReturnType<typeof createCaller> | undefined;
  const client = createZoomClient({
    ...deps,
    base,
    tokens: keeper,
    caller() {
      caller ??= createCaller(base(), deps.env, deps.clock);
      return caller;
    },
    onWait: (why, ms) =>
      deps.notify({ kind: 'detail', text: `${why}: the next look-up is made in ${Math.ceil(ms / 1000)} s` }),
  });
  return {
    zoom: createLookups(client),
    close: () =>
      void caller?.then(
        (open) => open.close(),
        () => {},
      ),
  };
};

/** The regional host that Zoom named; a token goes nowhere else unasked. */
const apiOf = (named: string | undefined): string => {
  if (named === undefined || !URL.canParse(named)) return GLOBAL_API;
  const { protocol, hostname, href } = new URL(named);
  return protocol === 'https:' && isZoomHost(hostname) ? `${href.replace(/\/+$/, '')}/v2` : GLOBAL_API;
};
