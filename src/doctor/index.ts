export { SECTIONS } from './check.ts';
export { CHECKS } from './checks/index.ts';
export { diagnose } from './diagnose.ts';
export { jsonReport } from './report/json.ts';
export { createTextReport } from './report/text.ts';
export type { Result } from './run-checks.ts';
export { unknownNames } from './select.ts';
export { partialVerdictOf } from './verdict.ts';
