import type { Catalogue } from '../catalogue.ts';
import { createDraw } from './draw.ts';
import { fieldValue } from './field-value.ts';
import { plant } from './plant.ts';
import type { FieldValue, Slot } from './rule.ts';
import { drawScene, type Scene } from './scene.ts';

/** An event in Zoom's shape; some types have further keys beside the payload. */
export type SampleEvent = {
  readonly event: string;
  /** EpochMs. */
  readonly event_ts: number;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly [more: string]: unknown;
};

export type SampleOptions = {
  /** From 0 (included) to 1 (excluded). The same numbers make the same sample. */
  readonly random: () => number;
  /** When the event happens, in EpochMs. */
  readonly now: number;
  /** Who and what it is about; drawn if absent. Samples that share one tell one story. */
  readonly scene?: Scene;
  /**
   * Values by documented path (`payload.object.topic`; with `[]`, for each element). They win over what would be
   * generated, numbers and strings being converted to the documented type. Paths that the type does not have are left out.
   */
  readonly overrides?: Readonly<Record<string, FieldValue>>;
};

/** A recording has a video and a sound file; of everything else one element shows the shape. */
const TWO_OF = /(recording_files|archive_files|occurrences|members|recordings)\[\]/;

/**
 * Makes an event with every documented field of a type, the values being plausible and of the documented type.
 * A type that is not in the catalogue has an empty object.
 */
export const sampleEvent = (catalogue: Catalogue, type: string, options: SampleOptions): SampleEvent => {
  const { random, now, overrides = {} } = options;
  const draw = createDraw(random);
  const scene = options.scene ?? drawScene(draw, now);
  const sample = { event: type, event_ts: now, payload: {} };
  for (const [path, documented] of Object.entries(catalogue.get(type)?.fields ?? {})) {
    const length = TWO_OF.test(path) ? 2 : 1;
    plant(sample, path, length, (index) => {
      const slot: Slot = { type, path, index, draw, now, scene: path.includes('old_object') ? before(scene) : scene };
      const given = Object.hasOwn(overrides, path) ? overrides[path] : undefined;
      return given === undefined ? fieldValue(documented, slot) : convert(documented, given);
    });
  }
  return sample;
};

const convert = (documented: string, given: FieldValue): FieldValue => {
  if (documented === 'string') return String(given);
  return documented === 'number' && Number.isFinite(Number(given)) ? Number(given) : given;
};

/** How things were before they changed. */
const before = (scene: Scene): Scene => ({
  ...scene,
  meeting: {
    ...scene.meeting,
    topic: `${scene.meeting.topic} (draft)`,
    startsAt: scene.meeting.startsAt - 3_600_000,
    minutes: scene.meeting.minutes + 15,
  },
});
