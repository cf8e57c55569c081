import type { AddressInfo } from 'node:net';
import { iso, lifecycle } from '../../event/lifecycle.ts';
import { createHardenedServer, type Handler, type Head, type Reply } from '../../serve/hardened-server.ts';
import { listenOn, urlOf } from '../../serve/listen-on.ts';
import { challengeAnswer } from '../../webhook/challenge.ts';
import { REQUEST_ID, SIGNATURE } from '../../webhook/headers.ts';
import type { Source, SourceDeps } from '../source.ts';
import { createDoor, UNAVAILABLE } from './door.ts';
import type { WebhookOptions } from './options.ts';
import { tryPublicUrl } from './public-url.ts';
import { createQueue } from './queue.ts';
import { createRefusals } from './refusals.ts';
import { watchTls } from './tls-files.ts';
import { judge, type Reason } from './verdict.ts';

export type { WebhookOptions } from './options.ts';

/** How long requests that are open get at the end. */
const LAST_ANSWERS_MS = 2_000;

/** A valid request this old says that a clock is off, or that a proxy holds requests back. */
const SUSPICIOUS_AGE_MS = 300_000;

const BROKEN: Readonly<Record<number, Reason>> = { 408: 'too-slow', 413: 'too-large', 431: 'headers-too-large' };

/** Zoom's webhooks as a source of events. Throws `unreachable` if it cannot listen there. */
export const openWebhook = async (
  options: WebhookOptions,
  deps: SourceDeps & { readonly onListening: (url: string) => void },
): Promise<Source> => {
  const { clock, notify, signal, onLive } = deps;
  const ended = new AbortController();
  const once = createOnce();
  let busy: { readonly since: number; refused: number } | undefined;
  const tell = (name: string, facts: Parameters<typeof lifecycle>[2]) =>
    queue.push(lifecycle(name, clock.now(), facts), 0);
  const endBusy = (): void => {
    if (busy === undefined) return;
    const { since, refused } = busy;
    busy = undefined;
    tell('busy', { from: iso(since), to: iso(clock.now()), refused });
    notify({ kind: 'note', text: `the queue is free again, ${refused} refused with 503 for Zoom to send again` });
  };
  const queue = createQueue(options.queue, endBusy);
  const refusals = createRefusals({ clock, notify, signal: ended.signal }, (reason, count) =>
    tell('refused', { reason, count }),
  );
  const door = createDoor({
    options,
    clock,
    queue,
    onFull() {
      if (busy === undefined) {
        notify({ kind: 'warning', text: 'the queue is full: requests are answered 503, and Zoom sends them again' });
        busy = { since: clock.now(), refused: 0 };
      }
      busy.refused += 1;
    },
  });
  const ownTokens = new Set<string>();
  const rules = { ...options, isOurs: (token: string) => ownTokens.has(token) };

  const refuse = (status: number, reason: Reason, headers?: Reply['headers']): Reply => {
    refusals.add(reason);
    return headers === undefined ? { status } : { status, headers };
  };
  const handler: Handler = {
    refused: (status) => refusals.add(BROKEN[status] ?? 'broken-http'),
    head({ path, method, headers }) {
      if (path === options.healthPath && (method === 'GET' || method === 'HEAD'))
        return { status: queue.isFull() || signal.aborted ? 503 : 200 };
      if (options.path !== undefined && path !== options.path) {
        if (headers[SIGNATURE] !== undefined && once('stray'))
          notify({ kind: 'warning', text: `a request with Zoom's headers came to another path than ${options.path}` });
        return refuse(404, 'path');
      }
      if (method !== 'POST') return refuse(405, 'method', { allow: 'POST' });
      if (Number(headers['content-length']) > options.maxBody) return refuse(413, 'too-large');
      const coding = headers['content-encoding']?.trim().toLowerCase() ?? '';
      return coding === '' || coding === 'identity' ? undefined : refuse(415, 'encoding');
    },
    whole(head, body) {
      if (options.showsFrames) notify({ kind: 'frame', direction: 'in', text: body.toString() });
      const verdict = judge(head.headers, body, clock.now(), rules);
      if (verdict.kind === 'refused') return refuse(verdict.status, verdict.reason);
      if (verdict.kind === 'challenge') return validated(body, verdict);
      if (signal.aborted) return UNAVAILABLE;
      if (Math.abs(verdict.ageMs) > SUSPICIOUS_AGE_MS && once('clock')) sayOld(verdict.ageMs);
      const answer = door.enter({ body, type: verdict.type, requestId: requestIdIn(head) });
      if (once('event')) notify({ kind: 'note', text: `first event: ${verdict.type}` });
      return answer;
    },
  };
  const validated = (
    body: Buffer,
    { signer, plainToken }: { signer: Parameters<typeof challengeAnswer>[0]; plainToken: string },
  ): Reply => {
    const frame = body.toString();
    if (options.wantsFrames) queue.push({ kind: 'control', frame, receivedAt: clock.now() }, body.length);
    if (!ownTokens.has(plainToken)) {
      tell('url_validated', {});
      if (once('validation')) notify({ kind: 'note', text: 'Zoom has validated this endpoint' });
    }
    return { status: 200, headers: { 'content-type': 'application/json' }, body: challengeAnswer(signer, plainToken) };
  };
  const sayOld = (ageMs: number): void => {
    const seconds = Math.round(Math.abs(ageMs) / 1000);
    notify({
      kind: 'warning',
      text: `a request is valid, but ${seconds} s ${ageMs < 0 ? 'in the future' : 'old'}: check the clock of this machine`,
    });
  };

  const { server, setTls, stop } = createHardenedServer(handler, { tls: options.tls, maxBody: options.maxBody, clock });
  await listenOn(server, options.host, options.port);
  const url = urlOf(server.address() as AddressInfo, options.tls !== undefined);
  if (options.tlsFiles) watchTls(options.tlsFiles, { clock, notify, signal: ended.signal }, setTls);
  tell('listening', { url });
  onLive(true);
  notify({ kind: 'listening', url: `${url}${options.path ?? '/'}` });
  deps.onListening(url);
  if (options.publicUrl !== undefined) void tryPublicUrl(options.publicUrl, options.secrets, ownTokens, deps);

  const close = async (): Promise<void> => {
    if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
    onLive(false);
    await stop(LAST_ANSWERS_MS);
    ended.abort();
    refusals.flush();
    endBusy();
    tell('stopped', {});
    queue.end();
  };
  return {
    arrivals: queue.arrivals,
    done: close(),
    totals: () => ({ gaps: 0, gapMs: 0, repeats: door.repeats() }),
    wasReady: () => true,
  };
};

const requestIdIn = ({ headers }: Head): string | undefined => {
  const id = headers[REQUEST_ID];
  return typeof id === 'string' && id !== '' ? id : undefined;
};

/** True for the first time that each thing is said. */
const createOnce = (): ((what: string) => boolean) => {
  const said = new Set<string>();
  return (what) => !said.has(what) && said.add(what).has(what);
};
