import { eventId } from '../../event/event-facts.ts';
import { createFoundValue, findValue } from '../../json/find-value.ts';
import type { PackedText } from '../../json/packed-text.ts';
import type { EpochMs } from '../../time/clock.ts';
import type { Candidate } from '../keep.ts';
import { type JsonTree, parseTree, type Scalar, scalarOfText } from './json-tree.ts';
import { type Path, parsePath, valuesAt } from './path.ts';

/** An event as the filters see it: its name at once, its text and its inside on the first demand. */
export type OpenEvent = {
  readonly raw: () => string;
  /** Whether a value can be had without its text. */
  readonly isPacked: boolean;
  readonly type: string;
  /** Undefined where the text is no JSON. */
  readonly tree: () => JsonTree | undefined;
  /** What stands at a path; undefined for an array or an object there. */
  readonly valuesAt: (path: Path) => readonly (Scalar | undefined)[];
};

export const openEvent = (delivery: Candidate, exact: boolean): OpenEvent => {
  const { type, packed } = delivery;
  let parsed: { readonly tree: JsonTree | undefined } | undefined;
  const tree = () => {
    parsed ??= { tree: parseTree(delivery.raw, exact) };
    return parsed.tree;
  };
  return {
    raw: () => delivery.raw,
    isPacked: packed !== undefined,
    type,
    tree,
    valuesAt(path) {
      if (path[0]?.key === '_meta') return scalarsAt(metaTree(delivery, tree), path);
      if (type !== '' && isEventName(path)) return [{ kind: 'string', text: type }];
      const found = packed && !parsed ? packedScalars(packed, path) : undefined;
      return found ?? scalarsAt(tree(), path);
    },
  };
};

const place = createFoundValue();

/** The same as `scalarsAt`, from the bytes; undefined where only a parser can say. */
const packedScalars = (packed: PackedText, path: Path): readonly (Scalar | undefined)[] | undefined => {
  if (path.some(({ arrays }) => arrays > 0)) return undefined;
  findValue(packed, path, place);
  switch (place.kind) {
    case 'absent':
      return [];
    case 'container':
      return [undefined];
    case 'scalar':
      return [scalarOfText(packed.arena.toString('utf8', place.start, place.end))];
    default:
      return undefined;
  }
};

/** The name is known without parsing. */
const isEventName = (path: Path): boolean => path.length === 1 && path[0]?.key === 'event' && path[0].arrays === 0;

const scalarsAt = (tree: JsonTree | undefined, path: Path): readonly (Scalar | undefined)[] =>
  tree === undefined ? [] : valuesAt(tree.root, path, tree.keyOf).map(tree.scalarOf);

/**
 * The `_meta` that a recording holds for the event, else the one that `--meta` would add; but for `seq`, which counts what
 * the filters let through.
 */
const metaTree = (delivery: Candidate, tree: () => JsonTree | undefined) => {
  const { meta, receivedAt, subscription } = delivery;
  if (meta !== undefined) return parseTree(`{"_meta":${meta}}`, true);
  const ts = scalarsAt(tree(), EVENT_TS)[0];
  const lag = ts?.kind === 'number' && receivedAt !== undefined ? Math.round(receivedAt - Number(ts.text)) : null;
  const received_at = receivedAt === undefined ? null : isoOf(receivedAt);
  return parseTree(JSON.stringify({ _meta: { id: eventId(delivery), received_at, lag_ms: lag, subscription } }), true);
};

/** A recording may claim any number for a time; one that is no date is no time. */
const isoOf = (at: EpochMs): string | null => {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
};

const EVENT_TS = parsePath('event_ts', 'event_ts', 0);
