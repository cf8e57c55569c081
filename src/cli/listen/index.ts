import { readFlags } from '../../config/read-flags.ts';
import { FORWARD_SECRET_FLAGS, WEBHOOK_SECRET_FLAGS } from '../../config/webhook-flags.ts';
import { EXIT_OK } from '../../exit-codes.ts';
import { isLoopback } from '../../http/hosts.ts';
import type { Command } from '../command.ts';
import { OUTPUT_FLAGS, outletComplaints, RECORD_FLAGS, readPublishing, TO_FLAGS } from '../outlets/index.ts';
import { FILTER_FLAGS, FILTER_NOTES, filterWarnings, leftoverWords } from '../shared/filter-flags.ts';
import { FORWARD_FLAGS, forwardComplaints } from '../shared/forward-flags.ts';
import { prepareForward } from '../shared/prepare-forward.ts';
import { REDACT_FLAGS } from '../shared/redact-flags.ts';
import { DOTENV_FLAGS, refuse } from '../shared/settings.ts';
import { LIMIT_FLAGS } from '../tail/flags.ts';
import type { PreparedSource } from '../tail/sources/index.ts';
import { ACCEPT_FLAGS, ENDPOINT_FLAGS, LISTEN_FLAGS, LISTEN_RUN_FLAGS } from './flags.ts';

const NOTES = `${FILTER_NOTES}

Answers: 200 accepted or a repeat; 401 not signed by Zoom, or too old; 400 no event; 404, 405, 413, 415 as usual;
503 the queue is full, or stopping: Zoom sends the event again after 5, 25 and 85 minutes.

Exit codes: 0 done as asked, 1 failed while running (a port in use, a full disk), 2 wrong usage or settings,
124 --for was over before --limit events had come, 129 SIGHUP, 130 SIGINT.`;

export const command: Command = {
  words: '',
  flags: [
    { title: 'Where:', flags: ENDPOINT_FLAGS },
    { title: 'What is accepted:', flags: ACCEPT_FLAGS },
    { title: 'Which events:', flags: FILTER_FLAGS },
    { title: 'How long:', flags: LIMIT_FLAGS },
    { title: 'How they are written:', flags: { ...OUTPUT_FLAGS, ...LISTEN_RUN_FLAGS } },
    { title: 'Recording:', flags: { ...RECORD_FLAGS, ...REDACT_FLAGS } },
    { title: 'Publishing:', flags: TO_FLAGS },
    { title: 'Handing on:', flags: { ...FORWARD_FLAGS, ...FORWARD_SECRET_FLAGS } },
    {
      title: 'Settings (flag, then environment, then .env):',
      flags: { ...WEBHOOK_SECRET_FLAGS, ...DOTENV_FLAGS },
    },
  ],
  examples: [
    ['zoom-ws listen', 'behind a tunnel or a reverse proxy'],
    [
      'zoom-ws listen --event recording --record hooks.ndjson.gz --ack recorded',
      'what Zoom believes delivered is on disk',
    ],
    ['zoom-ws listen --public-url https://example.ts.net/webhook', 'tried at the start, as Zoom will try it'],
    ['zoom-ws listen --host 0.0.0.0 --port 443 --tls-cert cert.pem --tls-key key.pem', 'without a proxy'],
  ],
  notes: NOTES,
  async run(host, invocation) {
    const { typed, words, notify } = invocation;
    if (words.length > 0) throw leftoverWords(words);
    const { values, complaints: malformed } = readFlags(LISTEN_FLAGS, typed);
    const to = await readPublishing(host, invocation, { readsEnvironment: true });
    const complaints = [...[...malformed, ...outletComplaints(values), ...forwardComplaints(values)], ...to.complaints];
    const { prepareListen } = await import('./prepare.ts');
    const options = await prepareListen(host, invocation, values, complaints);
    const { host: address, port } = options;
    const isRedacted = values.redact || values.redactKey !== undefined;
    const run = { command: 'listen', isRedacted, own: { host: address, port } } as const;
    const forward = await prepareForward(host, invocation, values, run, complaints);
    refuse(complaints);
    for (const text of await filterWarnings(values)) notify({ kind: 'warning', text });
    if (values.limit === 0) return EXIT_OK;
    if (!isLoopback(options.host)) {
      notify({
        kind: 'warning',
        text: `${options.host} can be reached from other machines: only signed requests are accepted`,
      });
    }
    const [{ runTail }, { openWebhook }, { nextSteps }] = await Promise.all([
      import('../tail/run.ts'),
      import('../../source/webhook/index.ts'),
      import('./next-steps.ts'),
    ]);
    const source: PreparedSource = {
      key: 'webhook',
      open: (deps, { frames, frameNotices }) =>
        openWebhook(
          { ...options, wantsFrames: frames, showsFrames: frameNotices },
          {
            ...deps,
            onListening(url) {
              if (host.stderr.isTTY === true)
                notify({ kind: 'note', text: nextSteps(host, url, options.path ?? '/', options.publicUrl) });
            },
          },
        ),
    };
    const onward = { forward, publishing: to.publishing };
    return runTail(host, invocation, { ...values, noDedupe: true, follow: false }, source, onward);
  },
};
