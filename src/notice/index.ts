import type { Host } from '../host.ts';
import { sanitize } from '../terminal/sanitize.ts';
import { asJson } from './as-json.ts';
import type { Notify } from './notice.ts';
import { createSpinner, type Spinner } from './spinner.ts';
import { type Level, type Wording, wordingOf } from './wording.ts';

export type NoticeOptions = {
  readonly quiet: boolean;
  /** 0, 1 or 2: how often `-v` was given. */
  readonly verbose: number;
  readonly logFormat: 'text' | 'json';
  readonly color: boolean;
  /** Whether the clock on a terminal is in UTC; elsewhere times always are. */
  readonly utc: boolean;
};

const LOUDNESS: Readonly<Record<Level, number>> = { error: -1, warning: 0, info: 0, detail: 1, frame: 2 };

/** Red for what is lost, green for what is made, yellow for what wants attention. */
const COLORS: Readonly<Record<Level | 'ok' | 'alarm', string>> = {
  ...{ error: '31', warning: '33', info: '', detail: '2', frame: '2' },
  ...{ ok: '32', alarm: '31' },
};

/**
 * Chooses how notices are rendered: one dated line each, or one JSON object each. `mask` takes secrets out of the
 * finished text; what a stranger may have written is escaped. A stderr that is gone is no error.
 */
export const createNotify = (
  host: Pick<Host, 'stderr' | 'clock'>,
  options: NoticeOptions,
  mask: (text: string) => string,
): Notify => {
  const loudest = options.quiet ? -1 : options.verbose;
  const paint = (color: keyof typeof COLORS, text: string) =>
    options.color && COLORS[color] !== '' && text !== '' ? `\u001B[${COLORS[color]}m${text}\u001B[39;22m` : text;
  const asText = (at: Date, { level, text, tone, alarm = '', hint }: Wording) => {
    const prefix = level === 'error' || level === 'warning' ? `${level}: ` : '';
    const stamp = host.stderr.isTTY ? clockTime(at, options.utc) : at.toISOString();
    const main = paint(tone ?? level, sanitizeLines(`${prefix}${text}`)) + paint('alarm', sanitizeLines(alarm));
    return hint === undefined ? `${stamp} ${main}` : `${stamp} ${main}\n  hint: ${sanitizeLines(hint)}`;
  };
  const spinner = spinnerFor(host, options);
  let wasReady = false;
  /** What the spinner says; it is written as it would have been without one, as soon as something follows. */
  let pending = '';
  return (notice) => {
    wasReady ||= notice.kind === 'ready';
    const wording = wordingOf(notice);
    const { level, hint } = wording;
    const text = `${wording.text}${wording.alarm ?? ''}`;
    if (LOUDNESS[level] > loudest) return;
    // Frames come as fast as the network; a stderr that is not read must not fill the memory with them.
    if (level === 'frame' && host.stderr.writableNeedDrain) return;
    const at = new Date(host.clock.now());
    const line =
      options.logFormat === 'json'
        ? asJson({ time: at.toISOString(), level, ...notice, text, hint }, mask)
        : asText(at, wording);
    const finished = `${mask(line)}\n`;
    // Once events can come, the spinner stops: they may go to the same terminal.
    if (notice.kind === 'connecting' && spinner && !wasReady) {
      pending += finished;
      return spinner.start(sanitize(mask(text)));
    }
    spinner?.stop();
    if (!host.stderr.writableEnded) host.stderr.write(`${pending}${finished}`);
    pending = '';
  };
};

/** A spinner only where a person watches and nothing else is said at length. */
const spinnerFor = (
  { stderr }: Pick<Host, 'stderr'>,
  { quiet, verbose, logFormat, color }: NoticeOptions,
): Spinner | undefined =>
  stderr.isTTY && color && !quiet && verbose === 0 && logFormat === 'text' ? createSpinner(stderr) : undefined;

/** Line breaks of our own are kept (a caret under a pattern), everything else that a terminal would obey is escaped. */
const sanitizeLines = (text: string): string => text.split('\n').map(sanitize).join('\n  ');

const clockTime = (at: Date, utc: boolean): string =>
  utc ? at.toISOString().slice(11, 19) : at.toTimeString().slice(0, 8);
