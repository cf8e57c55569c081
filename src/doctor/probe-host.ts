import { lookup } from 'node:dns/promises';
import { connect, isIP } from 'node:net';
import type { Duplex } from 'node:stream';
import { reasonOf } from '../errors.ts';
import { ProxyRefused } from '../http/connect-through.ts';
import { adviceForCode, networkAdvice, proxyAdvice } from '../http/network-advice.ts';
import type { Clock } from '../time/clock.ts';
import { askProxy } from './ask-proxy.ts';
import { settled } from './settled.ts';
import { factsOf, startTls, type TlsFacts } from './tls-facts.ts';

/** What was seen on the way to a host, step by step; nothing is asked of the host itself. */
export type HostProbe =
  | { readonly ok: true; readonly steps: readonly string[] }
  | {
      readonly ok: false;
      readonly step: StepName;
      readonly why: string;
      readonly advice: string | undefined;
      /** The steps before it, which worked. */
      readonly steps: readonly string[];
      /** Where TLS was set up but is not trusted. */
      readonly tls: TlsFacts | undefined;
    };

export type StepName = 'DNS' | 'TCP' | 'proxy' | 'TLS';

/** How long each step may take. */
const STEP_MS = 10_000;

/**
 * Goes to a host as a request would: DNS, TCP, the proxy's CONNECT, TLS. A certificate that is not trusted is looked at all
 * the same, to name who signed it; no byte of ours is sent over it. Rejects only with the reason of `signal`, which also
 * closes what is still open.
 */
export const probeHost = async (
  url: URL,
  proxy: string | undefined,
  clock: Clock,
  signal: AbortSignal,
): Promise<HostProbe> => {
  const isSecure = url.protocol === 'https:' || url.protocol === 'wss:';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const port = Number(url.port || (isSecure ? 443 : 80));
  const steps: string[] = [];
  // The outermost only: a socket inside TLS that is destroyed under it brings Node 20 down (SIGSEGV).
  let outermost: Duplex | undefined;
  const close = () => outermost?.destroy();
  signal.addEventListener('abort', close);
  let tls: TlsFacts | undefined;
  const step = <T>(name: StepName, work: () => Promise<T>): Promise<T> => withinTime(name, work, clock, signal);

  const direct = async (): Promise<Duplex> => {
    if (!isIP(host)) {
      const addresses = await step('DNS', () => lookup(host, { all: true }));
      steps.push(`DNS: ${addresses.length === 1 ? addresses[0]?.address : `${addresses.length} addresses`}`);
    }
    signal.throwIfAborted();
    const socket = connect({ host, port });
    outermost = socket;
    await step('TCP', () => settled(socket, 'connect'));
    steps.push(`TCP to port ${port}`);
    return socket;
  };
  const throughProxy = async (address: string): Promise<Duplex> => {
    const socket = await step('proxy', () => askProxy(address, host, port, signal).catch(explainProxy));
    outermost = socket;
    // What goes wrong on it later is told by the TLS on top of it.
    socket.on('error', () => {});
    steps.push(`through the proxy ${new URL(address).host}`);
    return socket;
  };

  try {
    const wire = proxy === undefined ? await direct() : await throughProxy(proxy);
    if (isSecure) {
      const secured = startTls(wire, host);
      outermost = secured;
      await step('TLS', () => settled(secured, 'secureConnect'));
      tls = factsOf(secured);
      if (tls.distrust !== undefined) throw new StepFailure('TLS', tls.distrust, adviceForCode(tls.distrust));
      steps.push(`${tls.protocol}, signed by ${tls.issuers[0] ?? 'an unknown issuer'}`);
    } else steps.push('no TLS (this machine)');
    return { ok: true, steps };
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof StepFailure)) throw error;
    return { ok: false, step: error.step, why: error.message, advice: error.advice, steps, tls };
  } finally {
    signal.removeEventListener('abort', close);
    close();
  }
};

class StepFailure extends Error {
  readonly step: StepName;
  readonly advice: string | undefined;
  constructor(step: StepName, why: string, advice: string | undefined) {
    super(why);
    this.step = step;
    this.advice = advice;
  }
}

const explainProxy = (error: unknown): never => {
  if (!(error instanceof ProxyRefused)) throw error;
  throw new StepFailure('proxy', `it answered ${error.status}`, proxyAdvice(error.status));
};

const withinTime = async <T>(name: StepName, work: () => Promise<T>, clock: Clock, signal: AbortSignal): Promise<T> => {
  const done = new AbortController();
  const timeUp = clock.sleep(STEP_MS, AbortSignal.any([signal, done.signal])).then(() => {
    throw new StepFailure(name, `no answer within ${STEP_MS / 1000} s`, undefined);
  });
  try {
    return await Promise.race([work(), timeUp]);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof StepFailure) throw error;
    throw new StepFailure(name, reasonOf(error), networkAdvice(error));
  } finally {
    done.abort();
  }
};
