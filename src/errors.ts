/** Every way a run can fail, by name. `docs/commands.md` lists them; `exit-codes.ts` gives each its status. */
export const ERROR_CODES = [
  'usage',
  'settings',
  'input',
  'refused',
  'displaced',
  'not-zoom',
  'unreachable',
  'never-connected',
  'output',
  'damaged',
  'busy',
  'not-found',
  'not-written',
  'internal',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

type ErrorDetails = { hint?: string | undefined; cause?: unknown; retryAfterMs?: number | undefined };

/** An error meant for the user: what happened, and in `hint` what to do next. Printed without a stack trace. */
export class ZoomWsError extends Error {
  override readonly name = 'ZoomWsError';
  readonly code: ErrorCode;
  /** What to do next, in whole sentences. */
  readonly hint: string | undefined;
  /** The server's own word on when to try again, in milliseconds from now. */
  readonly retryAfterMs: number | undefined;

  constructor(code: ErrorCode, message: string, options: ErrorDetails = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.hint = options.hint;
    this.retryAfterMs = options.retryAfterMs;
  }
}

/** What to do about EMFILE and ENFILE. */
export const TOO_MANY_FILES =
  'Too many files and connections are open: raise the limit (ulimit -n; LimitNOFILE= of a systemd unit), or close some.';

/** The text of anything that was thrown, with its system code (ECONNREFUSED …) where the text lacks it. */
export const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  // Happy Eyeballs: Node wraps one error per address; the first says enough.
  if (error instanceof AggregateError && error.errors.length > 0) return reasonOf(error.errors[0]);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (error.message === '') return code === '' ? error.name : code;
  return code === '' || error.message.includes(code) ? error.message : `${error.message} (${code})`;
};
