import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { reasonOf, ZoomWsError } from '../../errors.ts';
import { acquireLock, type LockParts } from '../../local/lock.ts';
import type { Known } from '../plan/newest.ts';
import type { Job } from '../sessions/job.ts';
import { createAppender } from './appender.ts';
import { compact } from './compact.ts';
import { lineOf } from './entry.ts';
import { createKeys, type Keys } from './keys.ts';
import { makeSecret, readSecret } from './secret.ts';
import { surveyOf } from './survey.ts';
import { type View, viewOf } from './view.ts';

/** What was done, over all runs: the one memory of the sync. */
export type Ledger = {
  readonly keys: Keys;
  /** Jobs that are not done. */
  readonly jobs: ReadonlyMap<string, Job>;
  /** How many events nobody knows the fate of. */
  unknown(): number;
  /** How many of them a run that ended in between has left. */
  readonly foundUnknown: number;
  view(wanted: ReadonlySet<string>): Promise<View>;
  addJob(job: Job): Promise<void>;
  jobDone(id: string): Promise<void>;
  /** On disk before the call is made. */
  eventBegins(key: string, view: View): Promise<void>;
  eventEnds(key: string, fate: 'sent' | 'unknown' | 'free', view: View): Promise<void>;
  contactWritten(key: string, known: Known, view: View): Promise<void>;
  close(): Promise<void>;
};

/** A ledger for a dry run: it is read if there is one, and never written. */
export const readLedger = async (path: string): Promise<Ledger> => {
  const survey = await surveyOf(path);
  return {
    ...still,
    keys: createKeys(readSecret(path) ?? randomBytes(32)),
    jobs: survey.jobs,
    unknown: () => survey.open.size,
    view: (wanted) => viewOf(path, wanted),
  };
};

const still = {
  foundUnknown: 0,
  addJob: async () => {},
  jobDone: async () => {},
  eventBegins: async () => {},
  eventEnds: async () => {},
  contactWritten: async () => {},
  close: async () => {},
};

/** Opens a ledger for writing, made with its secret if there is none. Throws `busy` if another process has it. */
export const openLedger = async (path: string, parts: LockParts): Promise<Ledger> => {
  const cannot = (error: unknown) =>
    new ZoomWsError('settings', `The ledger "${path}" cannot be written: ${reasonOf(error)}.`, {
      hint: 'Name another file with --ledger, or make its folder writable.',
    });
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    if (existsSync(path) && !statSync(path).isFile()) throw new Error('it is no regular file');
  } catch (error) {
    throw cannot(error);
  }
  const secret = readSecret(path);
  const lock = await acquireLock(path, parts).catch((error: unknown) => {
    if (!(error instanceof ZoomWsError)) throw cannot(error);
    if (error.code !== 'busy') throw error;
    throw new ZoomWsError('busy', `Another process syncs with the ledger "${path}".`, {
      hint: 'Wait for it to end, or give this one a ledger of its own (--ledger).',
    });
  });
  try {
    const keys = createKeys(secret ?? makeSecret(path));
    const first = await surveyOf(path);
    const isLong = first.superseded * 2 > first.lines;
    if (isLong) await compact(path);
    const { jobs, open: unconfirmed } = isLong ? await surveyOf(path) : first;
    const file = await open(path, 'a', 0o600).catch((error: unknown) => {
      throw cannot(error);
    });
    const appender = createAppender(file);
    // A line that a crash has cut is closed off.
    if (!(await endsWithLine(path))) await appender.append('\n', true);
    const left = [...unconfirmed].filter(([, state]) => state === 'sending').map(([key]) => key);
    for (const k of left) {
      unconfirmed.set(k, 'unknown');
      await appender.append(lineOf({ k, t: 'event', s: 'unknown', n: 1 }), false);
    }
    const superseding = (isKnown: boolean): { readonly n?: 1 } => (isKnown ? { n: 1 } : {});
    return {
      keys,
      jobs,
      unknown: () => unconfirmed.size,
      foundUnknown: left.length,
      view: (wanted) => viewOf(path, wanted),
      async addJob(job) {
        const isKnown = jobs.has(job.id);
        jobs.set(job.id, job);
        await appender.append(lineOf({ k: job.id, t: 'job', job, ...superseding(isKnown) }), true);
      },
      async jobDone(id) {
        if (jobs.delete(id)) await appender.append(lineOf({ k: id, t: 'done', n: 1 }), false);
      },
      async eventBegins(key, view) {
        const isKnown = view.events.has(key);
        view.events.set(key, 'sending');
        unconfirmed.set(key, 'sending');
        await appender.append(lineOf({ k: key, t: 'event', s: 'sending', ...superseding(isKnown) }), true);
      },
      async eventEnds(key, fate, view) {
        if (fate === 'free') view.events.delete(key);
        else view.events.set(key, fate);
        if (fate === 'unknown') unconfirmed.set(key, fate);
        else unconfirmed.delete(key);
        await appender.append(lineOf({ k: key, t: 'event', s: fate, n: 1 }), true);
      },
      async contactWritten(key, known, view) {
        const before = view.contacts.get(key);
        if (before !== undefined && JSON.stringify(before) === JSON.stringify(known)) return;
        view.contacts.set(key, known);
        await appender.append(lineOf({ k: key, t: 'contact', ...known, ...superseding(before !== undefined) }), false);
      },
      async close() {
        await appender.close();
        await lock.release();
      },
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
};

const endsWithLine = async (path: string): Promise<boolean> => {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const { buffer } = await file.read(Buffer.alloc(1), 0, 1, Math.max(0, size - 1));
    return size === 0 || buffer[0] === 0x0a;
  } finally {
    await file.close();
  }
};
