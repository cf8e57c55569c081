import { access, constants } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Finding, fail, pass, type SyncProbe, warn } from '../../doctor/index.ts';
import { reasonOf, ZoomWsError } from '../../errors.ts';
import type { Host } from '../../host.ts';
import { createCaller } from '../../http/calls.ts';
import {
  type BrevoClient,
  createBrevoClient,
  createTransport,
  listComplaints,
  surveyOf,
  takeInventory,
} from '../../sync/index.ts';
import type { Invocation } from '../command.ts';
import { ledgerPath } from './ledger-path.ts';
import { scopesFinding } from './scopes.ts';
import { readSyncSettings, type SyncSettings } from './settings.ts';

export type ProbeParts = Pick<Invocation, 'typed' | 'secrets'> & { readonly signal: AbortSignal };
export type ProbeValues = { readonly config: string | undefined; readonly ledger: string | undefined };

/** No check waits longer for a limit. */
const MAX_WAIT_MS = 10_000;

/** Looks at the sync's settings, at Brevo and at the ledger; writes nothing. */
export const openProbe = (host: Host, { typed, secrets, signal }: ProbeParts, values: ProbeValues): SyncProbe => {
  const { clock, random, env } = host;
  let read: Promise<SyncSettings> | undefined;
  const settings = (): Promise<SyncSettings> => {
    read ??= readSyncSettings(host, typed, { config: values.config, need: 'nothing', secrets, notify: () => {} });
    return read;
  };
  /** Asks Brevo something; its refusals are findings. */
  const asking = async (ask: (brevo: BrevoClient, all: SyncSettings) => Promise<Finding>, until: AbortSignal) => {
    const all = await settings();
    if (all.brevo === undefined) return fail('there is no key', 'Set BREVO_API_KEY.');
    const caller = await createCaller(all.brevo.url, env, clock);
    const world = { clock, random, signal: AbortSignal.any([signal, until]), maxWaitMs: MAX_WAIT_MS, onWait: () => {} };
    try {
      const transport = createTransport({ ...all.brevo, base: all.brevo.url, caller, ...world });
      return await ask(createBrevoClient(transport), all);
    } catch (error) {
      if (!(error instanceof ZoomWsError)) throw error;
      return fail(reasonOf(error), error.hint ?? 'Try again later.');
    } finally {
      caller.close();
    }
  };
  return {
    async config() {
      const { complaints, config } = await settings();
      // What is wrong with the key is told by the check of the key.
      const ours = complaints.filter((text) => !isAboutKey(text));
      if (ours.length > 0) return fail(ours.join('\n'), 'Correct the file; docs/brevo.md has a complete example.');
      if (!config.enabled) return warn('connectors.zoom.enabled is false', 'Set it to true, or nothing is synced.');
      return pass(
        values.config === undefined ? 'no --config: the defaults, without lists' : `${values.config} is right`,
      );
    },
    async key() {
      const { brevo, complaints } = await settings();
      const wrong = complaints.filter(isAboutKey);
      if (brevo === undefined || wrong.length > 0) {
        return fail(wrong.join('\n') || 'there is none', 'Copy an API key (xkeysib-…): Brevo, SMTP & API, API Keys.');
      }
      return pass(`an API key from ${brevo.place}`);
    },
    account: (until) =>
      asking(async (brevo) => {
        const { companyName } = await brevo.account();
        return pass(`Brevo takes the key${companyName === '' ? '' : ` of "${companyName}"`}`);
      }, until),
    lists: (until) =>
      asking(async (brevo, { config }) => {
        const missing = await listComplaints(brevo, config);
        const named = Object.values(config.lists).filter((id) => id !== undefined);
        if (missing.length > 0)
          return fail(missing.join('\n'), 'Correct the numbers: Brevo, Contacts, Lists shows them.');
        return pass(named.length === 0 ? 'no lists are named' : `lists ${named.join(', ')} exist`);
      }, until),
    attributes: (until) =>
      asking(async (brevo, { config }) => {
        const { missing, complaints } = await takeInventory(brevo, { ...config, lists: NO_LISTS });
        const lacks = missing.map(({ name, type }) => `Brevo has no attribute ${name} (${type}).`);
        if (complaints.length + lacks.length === 0) return pass(`${config.mapping.length} attributes are right`);
        return fail(
          [...complaints, ...lacks].join('\n'),
          'Create them in Brevo, or run the sync once with --create-attributes.',
        );
      }, until),
    scopes: async (tokens) => scopesFinding((await tokens.token()).granted?.scope, (await settings()).config),
    ledger: (until) =>
      asking(async (brevo, { zoomAccount }) => {
        const account = await brevo.account();
        const path = ledgerPath(values.ledger, host, zoomAccount, account.organization_id || account.email);
        return ledgerFinding(path);
      }, until),
  };
};

const NO_LISTS = { meetingParticipants: undefined, webinarAttendees: undefined, webinarRegistrants: undefined };

const isAboutKey = (text: string): boolean =>
  /brevo-api-key-file|BREVO_API_KEY|brevo-url|BREVO_API_URL|SMTP key/.test(text);

const ledgerFinding = async (path: string): Promise<Finding> => {
  const isThere = await access(path).then(
    () => true,
    () => false,
  );
  const blocked = await access(isThere ? path : await nearestFolder(dirname(path)), constants.W_OK).then(
    () => undefined,
    reasonOf,
  );
  if (blocked !== undefined) return fail(`"${path}" cannot be written: ${blocked}`, 'Name another file with --ledger.');
  if (
    await access(`${path}.lock`).then(
      () => true,
      () => false,
    )
  ) {
    return warn(
      `"${path}" is in use, or was left by a run that was killed`,
      'If no sync is running, the next one takes it over.',
    );
  }
  if (!isThere) return pass(`"${path}" will be made by the first run`);
  const { jobs, open } = await surveyOf(path);
  if (open.size > 0) {
    const detail = `${jobs.size} open jobs, ${open.size} events of unknown fate`;
    return warn(detail, '"zoom-ws sync brevo --on-unknown resend" sends them again; they may arrive twice then.');
  }
  return pass(`"${path}" can be written, ${jobs.size} open jobs, no event of unknown fate`);
};

/** The nearest folder above that exists. */
const nearestFolder = async (folder: string): Promise<string> => {
  const isThere = await access(folder).then(
    () => true,
    () => false,
  );
  return isThere || dirname(folder) === folder ? folder : nearestFolder(dirname(folder));
};
