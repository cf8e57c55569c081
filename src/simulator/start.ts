import { setMaxListeners } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { reasonOf } from '../errors.ts';
import { isLoopback } from '../http/hosts.ts';
import type { Answer, Asked } from '../serve/answer.ts';
import { createServer } from '../serve/http-server.ts';
import { listen, settingsOf, urlOf } from './address.ts';
import { apiProbe } from './api-probe.ts';
import { createBrevo } from './brevo/index.ts';
import type { Client } from './client.ts';
import { control } from './control.ts';
import { createEventSocket } from './event-socket.ts';
import { createFaultControl } from './fault-control.ts';
import { createArmed } from './faults.ts';
import { createHeard } from './heard.ts';
import { createOutlet } from './outlet.ts';
import { createRest } from './rest/index.ts';
import { DEFAULT_RULES, type Rules } from './rules.ts';
import { createSignIn } from './sign-in/index.ts';
import { closeSilentClients } from './silence.ts';
import type { Simulator, SimulatorOptions } from './simulator.ts';
import { stateOf } from './state.ts';
import { statePage } from './state-page.ts';
import { tokenEndpoint } from './token-endpoint.ts';
import { createTokens } from './tokens.ts';
import { createWebhook, type Webhook } from './webhook.ts';

/** Starts a stand-in for Zoom. Throws `unreachable` if it cannot listen there. */
export const startSimulator = async (options: SimulatorOptions): Promise<Simulator> => {
  const { clock, random, log = () => {} } = options;
  const rules: Rules = { ...DEFAULT_RULES, ...options.rules };
  const ended = new AbortController();
  const { signal } = ended;
  // Every pause listens to it, and with webhooks many last at a time.
  setMaxListeners(0, signal);
  const { heard, note } = createHeard();
  const armed = createArmed();
  const tokens = createTokens(clock, random, rules.clientId);
  const shared = { rules, tokens, clock, note, log, armed, signal };

  const rest = createRest(shared);
  const brevo = createBrevo(shared);
  let webhook: Webhook | undefined;
  const outlet = createOutlet({
    ...shared,
    clients: () => socket.clients,
    webhook: () => webhook,
    tell: rest.tell,
  });
  const accepted = (client: Client) => {
    faults.accepted(client);
    outlet.accepted();
  };
  const socket = createEventSocket({ ...shared, accepted });
  const { clients } = socket;
  const faults = createFaultControl({
    ...shared,
    clients,
    webhook: () => webhook,
    plans: options.faults ?? [],
  });

  let url = '';
  const rtms =
    options.rtms &&
    (await import('./rtms/index.ts')).createRtms(options.rtms, {
      ...shared,
      random,
      app: () => rules,
      url: () => url,
      send: outlet.send,
      say: (text) => log({ what: 'rtms', text }),
    });
  const startedAt = clock.now();
  const state = () =>
    stateOf({
      clock,
      startedAt,
      clients,
      heard,
      url: () => url,
      subscriptions: () => rules.subscriptions,
      sent: outlet.sent,
      faults: faults.names,
      faultsLeft: faults.left,
      tokens: tokens.count,
    });
  const signIn = createSignIn({ ...shared, baseUrl: () => url });
  const oauth = tokenEndpoint({ ...shared, fault: faults.oauthAnswer, baseUrl: () => url, signIn });
  const routes: Readonly<Record<string, (asked: Asked) => Answer | Promise<Answer>>> = {
    'POST /oauth/token': async (asked) => {
      if (rules.tokenDelayMs > 0) await clock.sleep(rules.tokenDelayMs, signal);
      return oauth(asked);
    },
    ...signIn.routes,
    'GET /v2/users/me': apiProbe({ ...shared, refusesTokens: () => armed.isOn('reject-token') }),
    'GET /': () => statePage(state()),
    'GET /state.json': () => ({ status: 200, body: JSON.stringify(state()) }),
    'POST /control': control({
      ...outlet,
      ...faults,
      acted: (text) => rtms?.acted(text) ?? text,
      sleep: (ms) => clock.sleep(ms, signal),
      log,
    }),
  };
  const server = createServer({
    answer: (asked) => routes[`${asked.method} ${asked.path}`]?.(asked) ?? brevo.answer(asked) ?? rest.answer(asked),
    upgrade(request, wire, head) {
      if (!rtms?.upgrade(request, wire, head)) socket.upgrade(request, wire, head);
    },
    date: () => new Date(clock.now() + rules.dateSkewMs),
    tls: options.tls,
  });
  const wires = new Set<Socket>();
  server.on('connection', (wire: Socket) => {
    wires.add(wire);
    wire.on('close', () => wires.delete(wire));
  });
  await listen(server, options.host ?? '127.0.0.1', options.port ?? 0);
  // Such as too many open files: this connection is lost, the others are not.
  server.on('error', (error) => log({ what: 'refused', text: `a connection could not be taken: ${reasonOf(error)}` }));
  const address = server.address() as AddressInfo;
  url = urlOf(address, options.tls !== undefined);
  const onReady = (): void => {
    faults.webhookReady();
    outlet.accepted();
  };
  if (options.webhook !== undefined) webhook = createWebhook({ ...shared, target: options.webhook, onReady });
  const silence = closeSilentClients(clients, shared);

  return {
    ...outlet,
    url,
    rules,
    rtms,
    heard,
    signal,
    clients,
    state,
    settings: settingsOf(url, rules),
    reachableFromOutside: !isLoopback(address.address),
    fault: faults.fault,
    clearFaults: faults.clear,
    revokeTokens: tokens.revoke,
    brevo: brevo.store,
    async close() {
      ended.abort();
      rtms?.close();
      for (const client of clients) client.socket.terminate();
      for (const wire of wires) wire.destroy();
      await Promise.all([silence, new Promise((resolve) => server.close(resolve))]);
    },
  };
};
