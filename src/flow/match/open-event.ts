import type { EpochMs } from '../../time/clock.ts';
import { eventId } from '../../zoom/event-facts.ts';
import type { Candidate } from '../keep.ts';
import { type JsonTree, parseTree, type Scalar } from './json-tree.ts';
import { type Path, valuesAt } from './path.ts';

/** An event as the filters see it: its name at once, its inside parsed on the first demand. */
export type OpenEvent = {
  readonly raw: string;
  readonly type: string;
  /** Undefined where the text is no JSON. */
  readonly tree: () => JsonTree | undefined;
  /** What stands at a path; undefined for an array or an object there. */
  readonly valuesAt: (path: Path) => readonly (Scalar | undefined)[];
};

export const openEvent = (delivery: Candidate, exact: boolean): OpenEvent => {
  const { raw, type } = delivery;
  let parsed: { readonly tree: JsonTree | undefined } | undefined;
  const tree = () => {
    parsed ??= { tree: parseTree(raw, exact) };
    return parsed.tree;
  };
  return {
    raw,
    type,
    tree,
    valuesAt(path) {
      if (path[0]?.key === '_meta') return scalarsAt(metaTree(delivery, tree), path);
      if (type !== '' && isEventName(path)) return [{ kind: 'string', text: type }];
      return scalarsAt(tree(), path);
    },
  };
};

/** The name is known without parsing. */
const isEventName = (path: Path): boolean => path.length === 1 && path[0]?.key === 'event' && path[0].arrays === 0;

const scalarsAt = (tree: JsonTree | undefined, path: Path): readonly (Scalar | undefined)[] =>
  tree === undefined ? [] : valuesAt(tree.root, path, tree.keyOf).map(tree.scalarOf);

/**
 * The `_meta` that a recording holds for the event, else the one that `--meta` would add; but for `seq`, which counts what
 * the filters let through.
 */
const metaTree = ({ raw, meta, receivedAt, subscription }: Candidate, tree: () => JsonTree | undefined) => {
  if (meta !== undefined) return parseTree(`{"_meta":${meta}}`, true);
  const ts = scalarsAt(tree(), EVENT_TS)[0];
  const lag = ts?.kind === 'number' && receivedAt !== undefined ? Math.round(receivedAt - Number(ts.text)) : null;
  const received_at = receivedAt === undefined ? null : isoOf(receivedAt);
  return parseTree(JSON.stringify({ _meta: { id: eventId(raw), received_at, lag_ms: lag, subscription } }), true);
};

/** A recording may claim any number for a time; one that is no date is no time. */
const isoOf = (at: EpochMs): string | null => {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
};

const EVENT_TS: Path = [{ key: 'event_ts', arrays: 0 }];
