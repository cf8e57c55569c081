import { writeFileSync } from 'node:fs';
import { reasonOf, ZoomWsError } from '../../errors.ts';
import { EXIT_FAILED, EXIT_OK, SIGNAL_EXIT_CODES } from '../../exit-codes.ts';
import type { Host } from '../../host.ts';
import type { Notify } from '../../notice/notice.ts';
import { emptyReport, type Report, reportLines } from '../../sync/index.ts';
import type { Invocation } from '../command.ts';
import { createStop } from '../shared/stop.ts';
import { createBar } from './bar.ts';
import type { SyncValues } from './flags.ts';
import { createPersonLines } from './person-lines.ts';

/** What a run writes to and ends by. */
export type RunParts = {
  readonly notify: Notify;
  readonly report: Report;
  readonly lines: ReturnType<typeof createPersonLines>;
  readonly bar: Awaited<ReturnType<typeof createBar>>;
  readonly signal: AbortSignal;
};

/** Runs something to its end, whatever ends it, and reports; answers with the exit status. */
export const reported = async (
  host: Host,
  values: SyncValues,
  {
    general,
    notify: notifyNow,
    report: path,
  }: { readonly general: Invocation['general']; readonly notify: Notify; readonly report: string | undefined },
  run: (parts: RunParts) => Promise<void>,
): Promise<number> => {
  const stop = createStop(host, undefined);
  const bar = await createBar(host, !general.quiet);
  const notify: Notify = (notice) => {
    bar.clear();
    notifyNow(notice);
  };
  const report = emptyReport(values.dryRun);
  const lines = createPersonLines(host, values);
  lines.sink.gone.addEventListener('abort', stop.now);
  let failed: { readonly error: unknown } | undefined;
  try {
    await run({ notify, report, lines, bar, signal: stop.signal });
  } catch (error) {
    if (!stop.signal.aborted || error instanceof ZoomWsError) failed = { error };
  } finally {
    bar.clear();
    stop.now();
    stop.release();
  }
  const by = stop.by();
  report.ok = failed === undefined && isOk(report);
  // Settings that were refused had no run to report of.
  const hasRun = !(failed?.error instanceof ZoomWsError && failed.error.code === 'settings');
  if (hasRun) {
    for (const { text, isWarning } of reportLines(report)) notify({ kind: isWarning ? 'warning' : 'note', text });
    if (path !== undefined) writeReport(path, report);
  }
  await lines.sink.close();
  if (failed !== undefined) throw failed.error;
  if (by !== undefined) return SIGNAL_EXIT_CODES[by];
  return report.ok || lines.sink.gone.aborted ? EXIT_OK : EXIT_FAILED;
};

const isOk = ({ sessions, contacts, events, failures }: Report): boolean =>
  failures.length === 0 && sessions.waiting + sessions.failed + contacts.failed + events.failed === 0;

const writeReport = (path: string, report: Report): void => {
  try {
    writeFileSync(path, `${JSON.stringify(report)}\n`, { mode: 0o600 });
  } catch (error) {
    throw new ZoomWsError('output', `The report "${path}" cannot be written: ${reasonOf(error)}.`, {
      hint: 'What was to be synced is done.',
    });
  }
};
