import type { WrittenName } from '../config/written.ts';
import { ZoomWsError } from '../errors.ts';
import { proxyFor } from '../http/proxy.ts';
import { type Finding, fail, pass, warn } from './check.ts';
import type { DoctorContext } from './context.ts';
import { type HostProbe, probeHost, type StepName } from './probe-host.ts';

/**
 * Probes the hosts of some URLs, one after the other, and says what was seen on the way. `settings` are those that such a
 * URL can come from: the one that named a host which cannot be reached is named with it.
 */
export const networkFinding = async (
  urls: readonly string[],
  settings: readonly WrittenName[],
  { env, clock, setup }: Pick<DoctorContext, 'env' | 'clock' | 'setup'>,
  signal: AbortSignal,
): Promise<Finding> => {
  const details: string[] = [];
  for (const url of byHost(urls)) {
    const proxy = proxyOf(url, env);
    if (proxy instanceof ZoomWsError) return fail(proxy.message, proxy.hint ?? '');
    const probe = await probeHost(url, proxy, clock, signal);
    if (!probe.ok) {
      const finding = failure(url, probe, env);
      const named = setup.written.find(({ what, text }) => settings.includes(what) && text.includes(url.host));
      return named ? { ...finding, hint: `${finding.hint} The URL is from ${named.origin.place}.` } : finding;
    }
    details.push(`${url.host}: ${probe.steps.join('; ')}`);
  }
  return env.NODE_TLS_REJECT_UNAUTHORIZED === '0'
    ? warn(`${details.join('\n')}; certificates are not checked`, 'Remove NODE_TLS_REJECT_UNAUTHORIZED.')
    : pass(details.join('\n'));
};

const byHost = (urls: readonly string[]): readonly URL[] => {
  const hosts = new Map<string, URL>();
  for (const text of urls) {
    const url = new URL(text);
    hosts.set(`${url.protocol}${url.host}`, url);
  }
  return [...hosts.values()];
};

const proxyOf = (url: URL, env: DoctorContext['env']): string | undefined | ZoomWsError => {
  try {
    return proxyFor(url.href, env);
  } catch (error) {
    if (error instanceof ZoomWsError) return error;
    throw error;
  }
};

const failure = (url: URL, probe: Extract<HostProbe, { ok: false }>, env: DoctorContext['env']): Finding => {
  const before = probe.steps.length === 0 ? '' : ` (before that: ${probe.steps.join('; ')})`;
  const seen = `${url.host}: ${probe.step} failed: ${probe.why}${before}`;
  if (!probe.tls) return fail(seen, probe.advice ?? GENERAL[probe.step]);
  // Zoom's certificates are signed by public authorities: an unknown one means someone in between.
  const issuers = probe.tls.issuers.join(', ');
  const extra = env.NODE_EXTRA_CA_CERTS ? ` NODE_EXTRA_CA_CERTS is set, but does not name this one.` : '';
  return fail(
    `${seen}; the certificate was signed by ${issuers}`,
    `${probe.advice ?? GENERAL.TLS} If ${probe.tls.issuers.at(-1)} is a company proxy that you trust, get its CA certificate (PEM) and set NODE_EXTRA_CA_CERTS=/path/to/ca.pem; otherwise do not send secrets from this network.${extra}`,
  );
};

const GENERAL: Readonly<Record<StepName, string>> = {
  DNS: 'DNS does not answer: check the network of this machine or container, and the spelling of the URL.',
  TCP: 'No connection: a firewall may be in the way; behind a proxy set HTTPS_PROXY.',
  proxy: 'The proxy cannot be used: check HTTPS_PROXY, or name the host in NO_PROXY if it can be reached directly.',
  TLS: 'TLS cannot be set up: check scheme and port of the URL, and what stands between here and Zoom.',
};
