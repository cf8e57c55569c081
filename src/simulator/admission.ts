import { type Client, write } from './client.ts';
import { displace } from './displacement.ts';
import { SLOW_HANDSHAKE_MS } from './faults.ts';
import { controlFrame } from './frames.ts';
import { later } from './later.ts';
import type { SocketDeps } from './socket-deps.ts';

/**
 * Answers a connection that has just opened: accepted, and then the only one of its subscription; or refused, and
 * then closed. The socket is open either way, as with Zoom: only the frame tells.
 */
export const admit = (client: Client, token: string, clients: ReadonlySet<Client>, deps: SocketDeps): void => {
  const { rules, clock, armed, log } = deps;
  const { signal } = client.gone;
  const slow = armed.strikes('slow-handshake') ? SLOW_HANDSHAKE_MS : 0;

  const sameSubscription = () => [...clients].filter(({ subscription }) => subscription === client.subscription);
  const accept = () => {
    client.state = 'live';
    // Whoever connects again has given up a connection that is dead: nothing else would ever end it.
    for (const other of sameSubscription()) if (other.state === 'zombie') other.socket.terminate();
    write(client, [controlFrame('build_connection', true, rules.acceptedText)]);
    log({ what: 'connected', text: `client ${client.id} is connected (${client.subscription})` });
    deps.accepted(client);
    if (rules.expiryClosesSocket) later(clock, lifeLeft(token, deps), signal, () => expire(client, deps));
  };
  const answer = () => {
    const refusal = refusalOf(client, token, deps);
    if (refusal !== undefined) return refuse(client, refusal, deps);
    const before = sameSubscription().find(({ state }) => state === 'live');
    if (before === undefined) return accept();
    const { when, gapMs } = rules.displacement;
    if (when === 'before') {
      displace(before, deps);
      return later(clock, gapMs, signal, accept);
    }
    before.state = 'fading';
    accept();
    if (when === 'with') displace(before, deps);
    if (when === 'after') later(clock, gapMs, before.gone.signal, () => displace(before, deps));
  };
  later(clock, rules.acceptDelayMs + slow, signal, answer);
};

const refusalOf = (client: Client, token: string, { rules, tokens, armed }: SocketDeps): string | undefined => {
  if (token === '') return rules.emptyTokenText;
  if (armed.strikes('reject-token') || tokens.find(token) === undefined) return rules.invalidTokenText;
  if (armed.strikes('bad-subscription') || !rules.subscriptions.includes(client.subscription)) {
    return rules.badSubscriptionText;
  }
  return undefined;
};

const refuse = (client: Client, text: string, { rules, log }: SocketDeps): void => {
  write(client, [controlFrame('build_connection', false, text)]);
  client.state = 'told';
  client.socket.close(rules.refusedClose.code, rules.refusedClose.reason);
  log({ what: 'refused', text: `client ${client.id} was refused: ${text}` });
};

const lifeLeft = (token: string, { tokens, clock }: SocketDeps): number =>
  (tokens.find(token)?.expiresAt ?? clock.now()) - clock.now();

const expire = (client: Client, { rules, log }: SocketDeps): void => {
  client.state = 'told';
  client.socket.close(rules.refusedClose.code, 'token expired');
  log({ what: 'disconnected', text: `client ${client.id} is closed: its token has expired` });
};
