import type { Draw } from './draw.ts';
import type { Scene } from './scene.ts';

/** A field that needs a value. */
export type Slot = {
  readonly type: string;
  readonly path: string;
  /** The place in the innermost array, from 0. */
  readonly index: number;
  readonly draw: Draw;
  readonly scene: Scene;
  /** When the event happens, in EpochMs. */
  readonly now: number;
};

export type FieldValue = string | number | boolean;

/** What a field whose path matches holds. It is converted to the documented type afterwards. */
export type Rule = readonly [path: RegExp, value: (slot: Slot) => FieldValue];
