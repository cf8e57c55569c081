import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import type { Expected } from './check-output.ts';
import type { Stage } from './pipeline.ts';

/** A way to read events from the socket. */
export type Contestant = {
  readonly name: string;
  readonly stages: readonly Stage[];
  readonly env?: Readonly<Record<string, string>>;
  readonly shape: Expected['shape'];
  readonly meetingsOnly: boolean;
  /** Does a tenth of the others' speed: gets a tenth of the events. */
  readonly isSlow: boolean;
};

export const ZOOM_WS = fileURLToPath(new URL('../dist/zoom-ws.js', import.meta.url));
export const peer = (name: string): string => fileURLToPath(new URL(`./${name}.js`, import.meta.url));
const WSCAT = join(createRequire(import.meta.url).resolve('wscat/package.json'), '../bin/wscat');

const JQ_ALL = 'select(.module == "message") | .content | fromjson';
const JQ_MEETINGS = `${JQ_ALL} | select(.event | startswith("meeting."))`;

/** Where all runs of zoom-ws keep compiled code, as those of a user do; the first run has none. */
const CACHES = mkdtempSync(join(tmpdir(), 'zoom-ws-bench-'));
process.on('exit', () => rmSync(CACHES, { recursive: true, force: true }));

/** What leads zoom-ws to the server, the token request included. */
export const zoomWsEnv = (port: number): Readonly<Record<string, string>> => ({
  XDG_CACHE_HOME: CACHES,
  ZOOM_ACCOUNT_ID: 'bench-account',
  ZOOM_CLIENT_ID: 'bench-client',
  ZOOM_CLIENT_SECRET: 'bench-client-secret',
  ZOOM_SUBSCRIPTION_ID: 'bench',
  ZOOM_WS_URL: `ws://127.0.0.1:${port}/ws`,
  ZOOM_OAUTH_URL: `http://127.0.0.1:${port}/oauth/token`,
});

export const contestants = (port: number, hasJq: boolean): readonly Contestant[] => {
  const node = process.execPath;
  const url = `ws://127.0.0.1:${port}/ws`;
  const all = { meetingsOnly: false, isSlow: false };
  const zoomWs = { env: zoomWsEnv(port), shape: 'event', isSlow: false } as const;
  const sample: Stage = [node, peer('sample'), url];
  const wscat: Stage = [node, WSCAT, '--connect', url];
  const piped = (name: string, first: Stage, filter: string, meetingsOnly: boolean): Contestant[] =>
    hasJq ? [{ name, stages: [first, ['jq', '-c', filter]], shape: 'event', meetingsOnly, isSlow: true }] : [];
  return [
    { ...zoomWs, name: 'zoom-ws', stages: [[node, ZOOM_WS, 'tail']], meetingsOnly: false },
    {
      ...zoomWs,
      name: "zoom-ws --event 'meeting.*'",
      stages: [[node, ZOOM_WS, 'tail', '--event', 'meeting.*']],
      meetingsOnly: true,
    },
    { ...all, name: 'tuned ws', stages: [[node, peer('tuned'), url]], shape: 'event' },
    { ...all, name: 'sample', stages: [sample], shape: 'frame' },
    { ...all, name: 'wscat', stages: [wscat], shape: 'frame' },
    ...piped('sample | jq', sample, JQ_ALL, false),
    ...piped('sample | jq meeting.*', sample, JQ_MEETINGS, true),
    ...piped('wscat | jq', wscat, JQ_ALL, false),
  ];
};
