import { type Catalogue, type EventType, type SampleEvent, sampleEvent, seededRandom } from '../../catalogue/index.ts';
import type { Palette } from '../../terminal/palette.ts';
import { OWN_BEHAVIOUR, ownType } from './own-types.ts';

/** One type with an event that could be Zoom's: the same whenever it is asked for. */
export const descriptionOf = (catalogue: Catalogue, type: EventType): EventType & { readonly sample: SampleEvent } => ({
  ...type,
  sample: sampleOf(catalogue, type.name),
});

const sampleOf = (catalogue: Catalogue, name: string): SampleEvent => {
  const own = ownType(name);
  if (own) return { event: name, event_ts: SAMPLE_TIME, payload: { object: own.object } };
  return sampleEvent(catalogue, name, { random: seededRandom(SEED), now: SAMPLE_TIME });
};

/** The moment and the seed are those of no event: they only have to stay what they are. */
const SAMPLE_TIME = Date.UTC(2026, 0, 15, 10, 30);
const SEED = 1;

/** A type for a person: fields with their types, then the sample. */
export const describeType = (catalogue: Catalogue, type: EventType, palette: Palette): string => {
  const { name, product, fields, sample } = descriptionOf(catalogue, type);
  const width = Math.max(...Object.keys(fields).map((path) => path.length));
  const rows = Object.entries(fields).map(
    ([path, documented]) => `  ${path.padEnd(width)}  ${palette.faint(documented.replaceAll('|', ' | '))}`,
  );
  return [
    `${palette.ofType(name)(name)} ${palette.faint(`(${product})`)}`,
    '',
    ...behaviourOf(name),
    palette.strong('Fields'),
    ...rows,
    '',
    palette.strong('Sample, generated'),
    JSON.stringify(sample, null, 2),
    '',
  ].join('\n');
};

/** Of an event of our own making, when it comes and what it is exempt from. */
const behaviourOf = (name: string): readonly string[] => {
  const own = ownType(name);
  return own === undefined ? [] : [`${own.means}.`, '', OWN_BEHAVIOUR, ''];
};
