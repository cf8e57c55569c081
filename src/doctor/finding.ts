export type Status = 'pass' | 'warn' | 'fail' | 'skip';

/** What a check found. A `skip` holds up the checks that need it, unless it `isHarmless`: there was no need for it. */
export type Finding = {
  readonly status: Status;
  /** What was seen. */
  readonly detail: string;
  /** What to do, in whole sentences; empty where there is nothing to do. */
  readonly hint: string;
  readonly isHarmless?: boolean;
  /** What the verdict tells of it, where that is more than the first sentence of the detail. */
  readonly seen?: string;
};

export const pass = (detail: string): Finding => ({ status: 'pass', detail, hint: '' });
export const warn = (detail: string, hint: string): Finding => ({ status: 'warn', detail, hint });
export const fail = (detail: string, hint: string): Finding => ({ status: 'fail', detail, hint });
export const skip = (detail: string, hint = ''): Finding => ({ status: 'skip', detail, hint });
/** How the detail of a skip begins where another check is the cause. */
export const NOT_RUN = 'not run, because ';
/** Left out because it does not apply: what needs it runs all the same. */
export const notNeeded = (detail: string): Finding => ({ status: 'skip', detail, hint: '', isHarmless: true });
