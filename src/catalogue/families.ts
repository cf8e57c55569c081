import { EVENT_TYPES } from './event-types.ts';

/** What stands before the dot of a type; one without a dot is its own family. */
const familyOf = (type: string): string => type.split('.', 1)[0] ?? type;

/** Every documented family, in alphabetical order. */
export const FAMILIES: readonly string[] = [...new Set(EVENT_TYPES.map(familyOf))];
