import { CONNECTION_FLAGS } from '../../config/connection-flags.ts';
import {
  Complaint,
  choice,
  duration,
  type Flags,
  listFlag,
  text,
  toggle,
  type Values,
  valueFlag,
} from '../../config/flag.ts';
import { isLoopback } from '../../http/hosts.ts';
import { parseMoment } from '../../source/replay/index.ts';
import { DOTENV_FLAGS } from '../shared/settings.ts';

const notEmpty = (value: string): string => {
  if (value.trim() === '') throw new Complaint('expected an id');
  return value.trim();
};

const brevoUrl = (value: string): string => {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:')
    throw new Complaint('expected a URL that begins with https://');
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    throw new Complaint('expected https://: plain http:// is allowed only to this machine (loopback)');
  }
  if (url.username !== '' || url.password !== '') throw new Complaint('expected no user name or password in the URL');
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
};

export const SOURCE_FLAGS = {
  from: listFlag({
    spelling: '--from <file or ->',
    help: 'events from a recording or stdin; repeatable; ends with the input',
    commas: false,
    parse: text,
  }),
  follow: toggle({ spelling: '-f, --follow', help: 'with --from: go on as the file grows' }),
  meeting: listFlag({
    spelling: '--meeting <id or uuid>',
    help: 'past sessions of a meeting: all of a number, one of a uuid; repeatable',
    commas: false,
    parse: notEmpty,
  }),
  webinar: listFlag({
    spelling: '--webinar <id or uuid>',
    help: 'the same for a webinar; repeatable',
    commas: false,
    parse: notEmpty,
  }),
  latest: toggle({ spelling: '--latest', help: 'of a number, only the last session' }),
  since: valueFlag({
    spelling: '--since <time or duration>',
    help: 'what ended since then: 30d, 2026-11-01; six months at most',
    parse: parseMoment,
  }),
  until: valueFlag({ spelling: '--until <time or duration>', help: 'what ended until then', parse: parseMoment }),
  user: listFlag({
    spelling: '--user <id or e-mail>',
    help: 'with --since or --until: sessions of this host only; repeatable',
    commas: false,
    parse: notEmpty,
  }),
  demo: toggle({
    spelling: '--demo',
    help: 'one made-up story with a simulator inside this process: no account needed',
  }),
} satisfies Flags;

export const SYNC_FLAGS = {
  config: valueFlag({ spelling: '--config <file>', help: 'what is synced, and how: YAML', parse: text }),
  dryRun: toggle({ spelling: '--dry-run', help: 'read Zoom and Brevo, write nothing, print the plan' }),
  attendance: valueFlag({
    spelling: '--attendance <auto|rest|events>',
    help: 'where attendance comes from; events asks Zoom for nothing',
    parse: choice('auto', 'rest', 'events'),
    shownDefault: 'auto',
  }),
  settle: valueFlag({
    spelling: '--settle <duration>',
    help: "how long after a session's end it is first looked up",
    parse: duration,
    shownDefault: '60s',
  }),
  createAttributes: toggle({ spelling: '--create-attributes', help: 'create attributes that Brevo lacks' }),
  onUnknown: valueFlag({
    spelling: '--on-unknown <skip|resend>',
    help: 'what to do with events that may or may not have arrived in an earlier run',
    parse: choice('skip', 'resend'),
    shownDefault: 'skip',
  }),
  recreate: toggle({ spelling: '--recreate', help: 'create contacts again that were deleted in Brevo' }),
  ledger: valueFlag({
    spelling: '--ledger <file>',
    help: 'what was done; it keeps a run from doing it twice',
    parse: text,
    shownDefault: 'a file in ~/.local/state/zoom-ws',
  }),
  maxWait: valueFlag({
    spelling: '--max-wait <duration>',
    help: 'longest wait for a limit before giving up; without end for the event socket',
    parse: duration,
    shownDefault: '1h',
  }),
} satisfies Flags;

export const SYNC_OUTPUT_FLAGS = {
  output: valueFlag({
    spelling: '-o, --output <pretty|ndjson>',
    help: 'a line per person and session',
    parse: choice('pretty', 'ndjson'),
    shownDefault: 'pretty on a terminal, ndjson in a pipe',
  }),
  json: toggle({ spelling: '--json', help: 'the same as -o ndjson' }),
  report: valueFlag({ spelling: '--report <file>', help: 'write the final report to this file, as JSON', parse: text }),
  showEmails: toggle({ spelling: '--show-emails', help: 'do not mask e-mail addresses in the output' }),
} satisfies Flags;

export const BREVO_FLAGS = {
  brevoKeyFile: valueFlag({
    spelling: '--brevo-api-key-file <path>',
    help: 'file that holds the API key (else BREVO_API_KEY); "-" reads stdin',
    parse: text,
  }),
  brevoUrl: valueFlag({
    spelling: '--brevo-url <url>',
    env: 'BREVO_API_URL',
    help: "Brevo's API",
    parse: brevoUrl,
    shownDefault: 'https://api.brevo.com/v3',
  }),
} satisfies Flags;

export const ALL_SYNC_FLAGS = { ...SOURCE_FLAGS, ...SYNC_FLAGS, ...SYNC_OUTPUT_FLAGS };
export type SyncValues = Values<typeof ALL_SYNC_FLAGS>;

/** Settings of Zoom and Brevo. */
export const SETTINGS_FLAGS = { ...BREVO_FLAGS, ...CONNECTION_FLAGS, ...DOTENV_FLAGS };
