import { DEFAULT_MAPPING, type Mapping, questionIn, SOURCES } from './sources.ts';
import { nearestOf } from './unknown-keys.ts';

type Given = Readonly<Record<string, string | null>>;

/** A complaint about one entry; `about` says whether its key or its value is meant. */
export type MappingComplaint = { readonly key: string; readonly about: 'key' | 'value'; readonly text: string };

/** Reads `field_mapping`. Given, it replaces the default as a whole. */
export const readMapping = (
  given: Given | undefined,
): { readonly mapping: readonly Mapping[]; readonly complaints: readonly MappingComplaint[] } => {
  if (given === undefined) return { mapping: DEFAULT_MAPPING, complaints: [] };
  const complaints: MappingComplaint[] = [];
  const mapping: Mapping[] = [];
  for (const [key, attribute] of Object.entries(given)) {
    if (!Object.hasOwn(SOURCES, key) && questionIn(key) === undefined) {
      const near = nearestOf(key, Object.keys(SOURCES));
      const guess = near === undefined ? 'see the documentation for the list' : `did you mean "${near}"?`;
      complaints.push({ key, about: 'key', text: `"${key}" is no source of the mapping: ${guess}` });
    } else if (key === 'email') {
      if (attribute !== 'email') complaints.push({ key, about: 'value', text: '"email" must map to "email"' });
    } else if (attribute === null) {
    } else if (attribute === 'email') {
      complaints.push({ key, about: 'value', text: 'only "email" maps to "email"' });
    } else if (!/^[A-Z0-9_]{1,50}$/.test(attribute)) {
      const text = `"${attribute}" is no name of an attribute: expected upper case letters, digits and _`;
      complaints.push({ key, about: 'value', text });
    } else mapping.push({ source: key, attribute });
  }
  return { mapping, complaints };
};
