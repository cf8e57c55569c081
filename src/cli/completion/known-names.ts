import { EVENT_TYPES } from '../../catalogue/index.ts';
import { CHECKS, SECTIONS } from '../../doctor/index.ts';
import { FAULT_NAMES } from '../../simulator/index.ts';
import type { KnownNames } from './spec.ts';

/** The names that a flag takes and its spelling does not tell. */
export const knownNames = (): KnownNames => ({
  event: [...new Set(EVENT_TYPES.flatMap((type) => [type.split('.', 1)[0] ?? type, type]))].sort(),
  fault: FAULT_NAMES,
  only: [...CHECKS.map(({ id }) => id), ...SECTIONS],
});
