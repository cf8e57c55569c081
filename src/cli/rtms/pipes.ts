import { createWriteStream, rmSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Writable } from 'node:stream';
import { ZoomWsError } from '../../errors.ts';
import type { Host } from '../../host.ts';
import type { Notify } from '../../notice/notice.ts';
import type { Taker, Wishes } from '../../rtms/index.ts';
import { createAudioTo, createExec } from '../../rtms/pipes/index.ts';
import type { SecretKeeper } from '../../secret.ts';
import type { RtmsValues } from './flags.ts';

export type PipeDeps = {
  readonly host: Host;
  readonly notify: Notify;
  readonly wishes: Wishes;
  readonly secrets: SecretKeeper;
  /** Nobody reads any more. */
  readonly onGone: () => void;
};

/** Programs and pipes that get audio while it is spoken. */
export type Pipes = {
  takersOf(streamId: string, label: string): readonly Taker[];
  /** Ends the pipe; resolves when what was written has left. */
  close(): Promise<void>;
};

/** Opens what `--audio-to` names. Throws `settings` for a file that exists. */
export const openPipes = (values: RtmsValues, { host, notify, wishes, secrets, onGone }: PipeDeps): Pipes => {
  const { clock, cwd } = host;
  const { formats } = wishes;
  const path = values.audioTo === undefined || values.audioTo === '-' ? undefined : resolve(cwd, values.audioTo);
  const out =
    values.audioTo === undefined ? undefined : path === undefined ? host.stdout : openFile(path, values.audioTo);
  out?.on('error', onGone);
  out?.on('close', onGone);
  const isFile = path !== undefined && !isFifo(path);
  const audio =
    out &&
    createAudioTo({
      out,
      track: values.track,
      formats,
      clock,
      notify,
      onRevoked() {
        if (!isFile || path === undefined) return;
        out.destroy();
        rmSync(path, { force: true });
      },
    });
  const exec =
    values.exec === undefined
      ? undefined
      : createExec({ command: values.exec, formats, env: withoutSecrets(host.env, secrets), cwd, clock, notify });
  return {
    takersOf: (streamId, label) => [...(audio ? [audio.take(label)] : []), ...(exec ? [exec(streamId)] : [])],
    async close() {
      if (!out || out.destroyed) return;
      await new Promise<void>((done) => {
        out.once('close', done);
        out.once('error', () => done());
        if (path === undefined) out.write('', () => done());
        else out.end(done);
      });
    },
  };
};

const isFifo = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFIFO() ?? false;

const openFile = (path: string, given: string): Writable => {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats?.isFile() || stats?.isDirectory()) {
    throw new ZoomWsError('settings', `--audio-to "${given}": expected a new file or a FIFO, but it exists.`, {
      hint: 'Nothing is written over: name another file, or remove it first.',
    });
  }
  return createWriteStream(path, { flags: stats ? 'w' : 'wx', mode: 0o600 });
};

/** Settings of ours, and whatever else holds a secret that we know. */
const withoutSecrets = (env: Host['env'], secrets: SecretKeeper): Host['env'] =>
  Object.fromEntries(
    Object.entries(env).filter(
      ([name, value]) => !/^(ZOOM_|ZM_RTMS_)/.test(name) && value !== undefined && secrets.mask(value) === value,
    ),
  );
