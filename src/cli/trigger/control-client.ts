import { envLayers } from '../../config/env.ts';
import { Complaint } from '../../config/flag.ts';
import { reasonOf, ZoomWsError } from '../../errors.ts';
import type { Host } from '../../host.ts';
import { isLoopbackHost } from '../../http/hosts.ts';
import { type Patience, TooSlow } from '../../http/patience.ts';
import { type Answer as HttpAnswer, send } from '../../http/send.ts';
import type { Notify } from '../../notice/notice.ts';
import type { ControlAnswer, ControlRequest } from '../../simulator/index.ts';
import { settingsWorld } from '../shared/settings.ts';
import { SIMULATE_FLAGS } from '../simulate/flags.ts';

/** A simulator is on this machine, which is never reached through a proxy. */
const NO_PROXIES = {};

/** Where `simulate` listens unless told otherwise. */
export const USUAL_URL = `http://${SIMULATE_FLAGS.host.default}:${SIMULATE_FLAGS.port.default}`;

/** What `simulate` exports, in the order of trust. */
const EXPORTED = ['ZOOM_OAUTH_URL', 'ZOOM_WS_URL', 'ZOOM_API_URL'];

/** `http://127.0.0.1:8787`, or any URL of a simulator on this machine → its origin. */
export const simulatorUrl = (value: string): string => {
  const url = localOrigin(value);
  if (url === undefined) {
    throw new Complaint(`expected a URL such as ${USUAL_URL}; a simulator takes triggers from its own machine only`);
  }
  return url;
};

/** Where the simulator is: the exported settings if they lead to this machine, else where it usually is. */
export const findSimulator = async (host: Host, notify: Notify, dotenv: string | undefined): Promise<string> => {
  const layers = await envLayers(settingsWorld(host, notify), dotenv);
  const candidates = layers.flatMap(({ values }) => EXPORTED.map((name) => localOrigin(values[name] ?? '')));
  return candidates.find((url) => url !== undefined) ?? USUAL_URL;
};

const localOrigin = (value: string): string | undefined => {
  if (!URL.canParse(value)) return undefined;
  const { protocol, host } = new URL(value);
  const web: Readonly<Record<string, string>> = {
    'http:': 'http:',
    'https:': 'https:',
    'ws:': 'http:',
    'wss:': 'https:',
  };
  const scheme = web[protocol];
  return scheme !== undefined && isLoopbackHost(host) ? `${scheme}//${host}` : undefined;
};

const START_ONE =
  'Start one in another terminal: zoom-ws simulate. One on another port is found by --url, or by the settings that it printed.';
const SILENT =
  'Something listens there, but does not answer. A simulator waits for clients that read slowly; if this is none, name yours with --url.';

/** Asks the simulator for something. Throws `unreachable` if none is there or it stays silent. */
export const askSimulator = async (
  url: string,
  request: ControlRequest,
  signal: AbortSignal,
  patience?: Patience,
): Promise<ControlAnswer> => {
  let answer: HttpAnswer;
  try {
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify(request);
    answer = await send({ method: 'POST', url: `${url}/control`, headers, body }, NO_PROXIES, signal, patience);
  } catch (error) {
    if (signal.aborted) throw error;
    const cause = error instanceof Error ? (error.cause ?? error) : error;
    throw new ZoomWsError('unreachable', `No simulator answers at ${url}: ${reasonOf(cause)}.`, {
      hint: cause instanceof TooSlow ? SILENT : START_ONE,
      cause: error,
    });
  }
  const { status, text } = answer;
  if (status >= 200 && status < 300) {
    try {
      const { receivers } = JSON.parse(text) as Record<string, unknown>;
      if (typeof receivers === 'number') return { receivers };
    } catch {
      // Said below.
    }
  }
  throw new ZoomWsError('unreachable', `What answers at ${url} is not a simulator of this version (HTTP ${status}).`, {
    hint: 'Something else may use that port: name the simulator with --url.',
  });
};
