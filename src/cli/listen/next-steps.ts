import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Host } from '../../host.ts';

type Tunnel = { readonly program: string; readonly command: (url: URL) => string };

/** Programs that lead a public HTTPS address to this machine. */
const TUNNELS: readonly Tunnel[] = [
  {
    program: 'cloudflared',
    command: ({ origin, protocol }) =>
      `cloudflared tunnel --url ${origin}${protocol === 'https:' ? ' --no-tls-verify' : ''}`,
  },
  { program: 'ngrok', command: ({ origin, protocol, port }) => `ngrok http ${protocol === 'https:' ? origin : port}` },
  {
    program: 'tailscale',
    command: ({ protocol, port }) =>
      `tailscale funnel ${protocol === 'https:' ? `https+insecure://localhost:${port}` : port}`,
  },
];

/** What remains to be done before Zoom reaches `url`: a tunnel, and where its address is pasted. */
export const nextSteps = (
  { env, platform }: Pick<Host, 'env' | 'platform'>,
  url: string,
  path: string,
  publicUrl: string | undefined,
): string => {
  const paste =
    'in the Marketplace under Feature, Event Subscriptions, Event notification endpoint URL, and press Validate';
  if (publicUrl !== undefined) return `next: paste ${publicUrl} ${paste}`;
  const installed = TUNNELS.filter(({ program }) => isInstalled(program, env, platform));
  const commands = installed.map(({ command }) => `  ${command(new URL(url))}`);
  const first =
    commands.length === 0
      ? ['1. lead a public HTTPS address here, with a tunnel such as cloudflared, ngrok or tailscale']
      : ['1. in another terminal, lead a public HTTPS address here:', ...commands];
  return ['next:', ...first, `2. paste that address${path === '/' ? '' : `, with ${path} behind it,`} ${paste}`].join(
    '\n',
  );
};

const isInstalled = (program: string, env: Host['env'], platform: Host['platform']): boolean => {
  const names = platform === 'win32' ? [`${program}.exe`, `${program}.cmd`] : [program];
  return (env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '')
    .some((folder) => names.some((name) => isExecutable(join(folder, name))));
};

const isExecutable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};
