import { DETAIL_RULES } from './detail-rules.ts';
import { FILE_RULES } from './file-rules.ts';
import { PEOPLE_RULES } from './people-rules.ts';
import type { FieldValue, Rule, Slot } from './rule.ts';
import { THING_RULES } from './thing-rules.ts';
import { TIME_RULES } from './time-rules.ts';

/** The first rule that matches wins. */
const RULES: readonly Rule[] = [...TIME_RULES, ...FILE_RULES, ...THING_RULES, ...PEOPLE_RULES, ...DETAIL_RULES];

/** Which rule a path has never changes, and some types have a thousand paths. */
const ruleByPath = new Map<string, Rule | undefined>();

/** A value for a field of the documented type; one of the documented values where there are such. */
export const fieldValue = (documented: string, slot: Slot): FieldValue | object => {
  if (documented === 'object') return {};
  const proposed = propose(slot);
  if (documented === 'string') return String(proposed ?? `example ${wordsOf(slot.path)}`);
  if (documented === 'number') return numberFrom(proposed) ?? slot.draw.int(1, 30);
  if (documented === 'boolean') return typeof proposed === 'boolean' ? proposed : slot.draw.int(0, 1) === 1;
  return oneOf(documented, proposed, slot);
};

const propose = (slot: Slot): FieldValue | undefined => {
  let rule = ruleByPath.get(slot.path);
  if (rule === undefined && !ruleByPath.has(slot.path)) {
    rule = RULES.find(([path]) => path.test(slot.path));
    ruleByPath.set(slot.path, rule);
  }
  return rule?.[1](slot);
};

/** Numbers where Zoom documents a number: `+1 202 …` loses its sign, what has no digits is no number. */
const numberFrom = (proposed: FieldValue | undefined): number | undefined => {
  const number = Number(proposed === '' ? undefined : proposed);
  return Number.isFinite(number) ? number : undefined;
};

/** The values of a set are written as JSON. The empty string is one of some sets, and says nothing in a sample. */
const oneOf = (documented: string, proposed: FieldValue | undefined, { draw }: Slot): FieldValue => {
  const [first, ...more] = valuesOf(documented).filter((value) => value !== '');
  if (first === undefined) return '';
  return [first, ...more].find((value) => value === proposed) ?? draw.pick([first, ...more]);
};

/** `"all"|"single"` → `['all', 'single']`, `1|2|3` → `[1, 2, 3]`. */
export const valuesOf = (documented: string): readonly (string | number)[] => {
  const known = valuesByText.get(documented);
  if (known !== undefined) return known;
  const values = JSON.parse(
    `[${documented.replaceAll('"|"', '","').replace(/^(-?\d+(\|-?\d+)*)$/, (numbers) => numbers.replaceAll('|', ','))}]`,
  );
  valuesByText.set(documented, values);
  return values;
};

const valuesByText = new Map<string, readonly (string | number)[]>();

/** `payload.object.tracking_fields[].field` → `field`, `caller_cost_center` → `caller cost center`. */
const wordsOf = (path: string): string => (path.split('.').at(-1) ?? path).replace('[]', '').replaceAll('_', ' ');
