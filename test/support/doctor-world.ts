import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Simulator, type SimulatorOptions, startSimulator } from '../../src/simulator/index.ts';
import { systemClock } from '../../src/time/system-clock.ts';
import { type CliOptions, type CliResult, runCli } from './run-cli.ts';

export type ReportedCheck = {
  readonly id: string;
  readonly section: number;
  readonly title: string;
  readonly status: 'pass' | 'warn' | 'fail' | 'skip';
  readonly detail: string;
  readonly hint: string;
  readonly duration_ms: number;
};
export type Report = CliResult & {
  readonly ok: boolean;
  readonly verdict: string;
  readonly checks: readonly ReportedCheck[];
  readonly check: (id: string) => ReportedCheck;
  readonly of: (status: ReportedCheck['status']) => readonly string[];
};

/** Runs doctor with `--json` and opens its answer. */
export const examine = async (
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  options: Omit<CliOptions, 'env'> = {},
): Promise<Report> => {
  const result = await runCli(['doctor', '--json', ...args], { ...options, env });
  if (result.stdout === '') throw new Error(`no report: ${result.stderr}`);
  const report = JSON.parse(result.stdout) as Pick<Report, 'ok' | 'verdict' | 'checks'>;
  return {
    ...result,
    ...report,
    of: (status) => report.checks.filter((check) => check.status === status).map(({ id }) => id),
    check: (id) => {
      const found = report.checks.find((check) => check.id === id);
      if (!found) throw new Error(`no check ${id} in ${result.stdout}`);
      return found;
    },
  };
};

/** Whatever must be closed when a test is over. */
const open = new Set<() => Promise<void> | void>();

export const closeAll = async (): Promise<void> => {
  for (const close of open) await close();
  open.clear();
};

export const simulator = async (options: Partial<SimulatorOptions> = {}): Promise<Simulator> => {
  const started = await startSimulator({ clock: systemClock, random: () => 0.5, ...options });
  open.add(() => started.close());
  // Section 9, which a key of Brevo's asks for, has tests of its own.
  return { ...started, settings: { ...started.settings, BREVO_API_KEY: '' } };
};

export type ScriptedAnswer = {
  readonly status: number;
  readonly body: string | object;
  readonly headers?: Readonly<Record<string, string>>;
};

/** A server that gives the same answer to everything; its URL. Undefined: it never answers. */
export const answering = async (answer: ScriptedAnswer | undefined): Promise<string> => {
  const server = createServer((request, response) => {
    request.resume();
    if (!answer) return;
    response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
    response.end(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body));
  });
  return `http://127.0.0.1:${await listening(server)}`;
};

const listening = async (server: Server): Promise<number> => {
  const wires = new Set<Socket>();
  server.on('connection', (wire: Socket) => wires.add(wire));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  open.add(async () => {
    for (const wire of wires) wire.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return (server.address() as AddressInfo).port;
};

/** A port on which nothing listens. */
export const deadPort = async (): Promise<number> => {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
};

export type Proxy = { readonly url: string; readonly asked: readonly string[] };

/** A CONNECT proxy: answers with `status`, and with 200 leads everything to one port. */
export const connectProxy = async (status: number, toPort = 0): Promise<Proxy> => {
  const asked: string[] = [];
  const server = createServer((_request, response) => response.writeHead(400).end());
  server.on('connect', (request: IncomingMessage, wire: Socket) => {
    asked.push(`${request.url} ${request.headers['proxy-authorization'] ?? ''}`.trim());
    wire.on('error', () => {});
    if (status !== 200) {
      wire.end(`HTTP/1.1 ${status} No\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    const onward = connect(toPort, '127.0.0.1', () => {
      wire.write('HTTP/1.1 200 Connection established\r\n\r\n');
      wire.pipe(onward).pipe(wire);
    });
    onward.on('error', () => wire.destroy());
    wire.on('close', () => onward.destroy());
  });
  return { url: `http://127.0.0.1:${await listening(server)}`, asked };
};

/** A tool of the machine, and no dependency: tests that want a certificate are skipped where it is missing. */
const OPENSSL = 'openssl';

export type Certificate = { readonly key: string; readonly cert: string; readonly path: string };

/** A certificate that a made-up company signed itself, for the given name; undefined where there is no openssl. */
export const selfSigned = (host: string): Certificate | undefined => {
  const folder = mkdtempSync(join(tmpdir(), 'zoom-ws-tls-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const name = ['-subj', '/CN=Acme Inspection CA/O=Acme Corp', '-addext', `subjectAltName=DNS:${host}`];
  const command = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'];
  try {
    execFileSync(OPENSSL, [...command, ...name, '-keyout', key, '-out', cert], { stdio: 'ignore' });
  } catch {
    return undefined;
  }
  return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8'), path: cert };
};
