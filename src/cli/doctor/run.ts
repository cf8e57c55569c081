import { arch } from 'node:os';
import { readFlags } from '../../config/read-flags.ts';
import {
  CHECKS,
  createTextReport,
  diagnose,
  jsonReport,
  partialVerdictOf,
  type Result,
  SECTIONS,
} from '../../doctor/index.ts';
import { EXIT_FAILED, EXIT_OK, SIGNAL_EXIT_CODES } from '../../exit-codes.ts';
import type { Host } from '../../host.ts';
import { streamSink } from '../../outlet/stream.ts';
import { createPalette } from '../../terminal/palette.ts';
import { useColor } from '../../terminal/use-color.ts';
import { version } from '../../version.ts';
import type { Invocation } from '../command.ts';
import { keepOf } from '../shared/filter-flags.ts';
import { heartbeatOf } from '../shared/heartbeat.ts';
import { listenForStop } from '../shared/interrupt.ts';
import { DOTENV_FLAGS } from '../shared/settings.ts';
import { syncProbe } from '../sync/probe.ts';
import type { DoctorValues } from './flags.ts';
import { createWaitingLine } from './waiting-line.ts';
import { webhookProbe } from './webhook-probe.ts';

/** Where the output is no terminal: what fits everywhere. */
const USUAL_COLUMNS = 80;

/** The checks that last as long as doctor listens. */
const LISTENING: ReadonlySet<string> = new Set([
  ...['socket.exclusive', 'events.duplicates', 'events.order', 'events.lag', 'events.received'],
]);

/** Runs the checks, reports as they finish, and answers with the exit status. */
export const runDoctor = async (
  host: Host,
  { typed, general, notify, secrets }: Invocation,
  values: DoctorValues,
): Promise<number> => {
  const interrupt = listenForStop(host);
  const sink = streamSink(host.stdout, 'stdout');
  const stop = AbortSignal.any([interrupt.signal, sink.gone]);
  const palette = await createPalette(useColor(general.color, host.env, host.stdout.isTTY === true));
  const report = createTextReport(host.stdout.columns ?? USUAL_COLUMNS, palette);
  // A page that goes elsewhere may end on the same terminal (`| cat`), at moments that are unknown here.
  const inTheWay = host.stdout.isTTY !== true && !values.json;
  const waiting = createWaitingLine(host.stderr, host.clock, general.quiet || inTheWay);
  const write = async (text: string): Promise<void> => {
    waiting.clear();
    await sink.write(text);
  };
  const page = values.json ? async () => {} : write;
  const finished: Result[] = [];
  const conclude = (ok: boolean, verdict: string, results: readonly Result[]): Promise<void> =>
    write(values.json ? `${jsonReport(ok, verdict, results)}\n` : report.footer(verdict, results));
  try {
    const { results, verdict } = await diagnose(
      {
        options: {
          offline: values.offline,
          waitMs: values.wait,
          heartbeat: heartbeatOf(values),
          keep: await keepOf({ event: values.event, where: [], meeting: [] }),
          eventWords: values.event.map(({ text }) => text).join(','),
        },
        only: values.only,
        yes: values.yes,
        recording: values.recording,
        dotenv: readFlags(DOTENV_FLAGS, typed).values.dotenv,
        webhook: await webhookProbe(host, { typed, secrets, notify }, values.webhook),
        sync: await syncProbe(host, { typed, secrets, signal: stop }, values),
      },
      {
        host,
        typed,
        secrets,
        notify(notice) {
          if (notice.kind !== 'frame') return;
          waiting.clear();
          notify(notice);
        },
        signal: stop,
        onWait: (text) => notify({ kind: 'note', text }),
        onReady: (proxy) =>
          page(
            report.header([
              `zoom-ws ${version}, Node ${host.nodeVersion}, ${host.platform} ${arch()}; proxy: ${proxy}`,
            ]),
          ),
        onListening: waiting.listening,
        onQuestion: waiting.clear,
      },
      {
        onResult(result) {
          finished.push(result);
          return page(report.result(result));
        },
        onWaiting: ({ id, title }) => waiting.show(`${id}: ${title}`, LISTENING.has(id)),
      },
    );
    const ok = isOk(results, values.strict);
    await conclude(ok, verdict, results);
    await sink.close();
    return ok || sink.gone.aborted ? EXIT_OK : EXIT_FAILED;
  } catch (error) {
    const by = interrupt.by();
    if (by === undefined && !sink.gone.aborted) throw error;
    // Ctrl-C is a person's, who wants to know what was found so far.
    if (by === 'SIGINT' && !sink.gone.aborted) {
      await conclude(false, partialVerdictOf(finished), finished);
      await sink.close();
    }
    // A read of stdin that still waits would keep the process alive.
    host.stdin.destroy();
    return by === undefined ? EXIT_OK : SIGNAL_EXIT_CODES[by];
  } finally {
    waiting.clear();
    interrupt.release();
  }
};

const isOk = (results: readonly Result[], strict: boolean): boolean =>
  !results.some(({ status }) => status === 'fail' || (strict && status === 'warn'));

/** `--list`: every check with its section and what it is about. */
export const listChecks = async (host: Host, { json }: Pick<DoctorValues, 'json'>): Promise<number> => {
  const sink = streamSink(host.stdout, 'stdout');
  const rows = CHECKS.map(({ id, section, title }) => ({ id, section, title }));
  const shown = SECTIONS.map((name, number) => ({ name, number })).filter(({ number }) =>
    rows.some(({ section }) => section === number),
  );
  const lines = shown.flatMap(({ name, number }) => [
    `${number} ${name}`,
    ...rows.filter(({ section }) => section === number).map(({ id, title }) => `  ${id.padEnd(17)}  ${title}`),
  ]);
  await sink.write(`${json ? JSON.stringify(rows) : lines.join('\n')}\n`);
  await sink.close();
  return EXIT_OK;
};
