import type { Result } from '../run-checks.ts';

/** The whole report as one JSON object on one line. */
export const jsonReport = (ok: boolean, verdict: string, results: readonly Result[]): string =>
  JSON.stringify({
    ok,
    verdict,
    checks: results.map(({ id, section, title, status, detail, hint, durationMs }) => ({
      id,
      section,
      title,
      status,
      detail,
      hint,
      duration_ms: durationMs,
    })),
  });
