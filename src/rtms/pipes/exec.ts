import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Notify } from '../../notice/notice.ts';
import type { Clock } from '../../time/clock.ts';
import { createLivePcm } from '../audio/live-pcm.ts';
import { createPcmTracks, type PcmPacket } from '../audio/pcm-tracks.ts';
import type { Taker } from '../stream/taker.ts';
import type { MediaFormats } from '../wire/media-params.ts';
import { createBounded } from './bounded.ts';

/** After the end of its stdin a program has this long, then as long after SIGTERM. */
const FINISH_MS = 5_000;
const TERM_MS = 2_000;
const MOST_PROGRAMS = 200;

export type ExecParts = {
  readonly command: string;
  readonly formats: MediaFormats;
  /** Without any secret of ours. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly clock: Clock;
  readonly notify: Notify;
};

type Program = { add(packet: PcmPacket): void; pause(): void; end(): Promise<void>; kill(): void };

/** Runs a command for each track of every stream, with its PCM on stdin. */
export const createExec = (parts: ExecParts) => {
  let running = 0;
  let saidFull = false;

  const start = (
    streamId: string,
    { trackId, userName }: PcmPacket,
    rate: number,
    packetMs: number,
  ): Program | undefined => {
    const { clock, notify } = parts;
    const name = `exec ${userName ?? (trackId || 'mixed')}`;
    if (running >= MOST_PROGRAMS) {
      if (!saidFull)
        notify({ kind: 'warning', text: `--exec: ${running} programs run at once, and more are not started` });
      saidFull = true;
      return undefined;
    }
    running += 1;
    const child = spawn('sh', ['-c', parts.command], {
      cwd: parts.cwd,
      env: {
        ...parts.env,
        RTMS_STREAM: streamId,
        RTMS_USER_ID: trackId,
        RTMS_USER_NAME: userName ?? '',
        RTMS_RATE: String(rate),
      },
      // A group of its own: what the shell has started ends with it.
      detached: true,
      stdio: 'pipe',
    });
    const signal = (kind: 'TERM' | 'KILL'): void => {
      if (child.pid === undefined) return;
      spawn('kill', [`-${kind}`, '--', `-${child.pid}`], { stdio: 'ignore' }).on('error', () =>
        child.kill(`SIG${kind}`),
      );
    };
    const ended = new AbortController();
    const closed = new Promise<void>((resolve) => {
      child.on('error', (error) => {
        notify({ kind: 'warning', text: `${name}: ${error.message}` });
        resolve();
      });
      child.on('close', (status, by) => {
        if (status !== 0 && !isEnding)
          notify({ kind: 'warning', text: `${name}: ended with ${by ?? status}; its track goes nowhere from now on` });
        resolve();
      });
    }).then(() => {
      running -= 1;
      ended.abort();
    });
    let isEnding = false;
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => notify({ kind: 'note', text: `[${name}] ${line}` }));
    }
    child.stdin.on('error', () => {});
    const bounded = createBounded(child.stdin, rate, (ms) =>
      notify({ kind: 'warning', text: `${name} is slow: gap of ${ms} ms in what it was given` }),
    );
    const live = createLivePcm({ rate, packetMs, clock, write: bounded.write });
    const within = (ms: number) =>
      Promise.race([closed, clock.sleep(ms, ended.signal).catch(() => {})]).then(() => ended.signal.aborted);
    return {
      add: (packet) => live.add(packet.offsetMs, packet.pcm),
      pause: () => live.pause(),
      async end() {
        isEnding = true;
        live.end();
        bounded.tell();
        child.stdin.end();
        if (await within(FINISH_MS)) return;
        signal('TERM');
        if (await within(TERM_MS)) return;
        signal('KILL');
        await closed;
      },
      kill() {
        isEnding = true;
        signal('TERM');
        live.stop();
        child.stdin.destroy();
        within(TERM_MS).then((isOver) => isOver || signal('KILL'));
      },
    };
  };

  return (streamId: string): Taker => {
    const programs = new Map<string, Program | undefined>();
    const pcmOf = createPcmTracks();
    let format = parts.formats.audio;
    return {
      onBase() {},
      onEvent() {},
      onGap() {},
      onGranted(media, granted) {
        if (media.includes('audio')) format = granted.audio;
      },
      onPaused() {
        for (const program of programs.values()) program?.pause();
      },
      onMedia(fact, base) {
        if (fact.kind !== 'audio') return;
        const packet = pcmOf(fact, base, format);
        if (!packet) return;
        if (!programs.has(packet.trackId)) {
          programs.set(packet.trackId, start(streamId, packet, format.rate, format.packetMs));
        }
        programs.get(packet.trackId)?.add(packet);
      },
      async end() {
        await Promise.all([...programs.values()].map((program) => program?.end()));
        return [];
      },
      revoke() {
        for (const program of programs.values()) program?.kill();
      },
    };
  };
};
