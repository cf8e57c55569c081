import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';

/** Where something stands in the file, from 1. */
export type Place = { readonly line: number; readonly column: number };

/** A value of the file with its place and, for a group, the places of its keys. */
export type Read = {
  readonly value: unknown;
  /** By path, as JSON: of a value, and under `key of …` of the key in front of it. */
  readonly places: ReadonlyMap<string, Place>;
  readonly complaints: readonly { readonly place: Place; readonly text: string }[];
};

/** A value for a name in `${…}`; undefined if it is not set. */
export type LookUp = (name: string) => string | undefined;

export const pathKey = (path: readonly (string | number)[]): string => JSON.stringify(path);

/** Names below this path may be unset: they matter to another command only. */
const MAY_BE_UNSET = pathKey(['connectors', 'zoom', 'webhook']).slice(0, -1);

/**
 * Reads YAML, with every `${NAME}` and `${NAME:-default}` replaced and `$${` left as `${`. A group without anything in it
 * counts as absent. Never throws for what stands in the file.
 */
export const readYaml = (text: string, lookUp: LookUp): Read => {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const at = (offset: number | undefined): Place => {
    const { line, col } = lines.linePos(offset ?? 0);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const complaints = document.errors.map(({ pos, code, message }) => ({
    place: at(pos[0]),
    text: code === 'DUPLICATE_KEY' ? 'this key stands here twice' : lowerFirst(message.split('\n')[0] ?? message),
  }));
  const places = new Map<string, Place>();

  const filled = (raw: string, place: Place, path: readonly (string | number)[]): string =>
    raw.replace(/\$\$\{|\$\{([^}]*)\}/g, (whole, inner: string | undefined) => {
      if (inner === undefined) return '${';
      const [, name, fallback] = /^([A-Za-z_]\w*)(?::-(.*))?$/s.exec(inner) ?? [];
      if (name === undefined) {
        complaints.push({
          place,
          text: `"\${${inner}}" is no name: expected \${NAME} or \${NAME:-default} ($\${ for itself)`,
        });
        return whole;
      }
      const value = lookUp(name) ?? fallback;
      if (value === undefined && !pathKey(path).startsWith(MAY_BE_UNSET)) {
        complaints.push({
          place,
          text: `${name} is not set: set it in the environment, or write \${${name}:-default}`,
        });
      }
      return value ?? '';
    });

  const read = (node: Node | null | undefined, path: readonly (string | number)[]): unknown => {
    const place = at(node?.range?.[0]);
    places.set(pathKey(path), place);
    if (isMap(node)) {
      const entries = node.items.map(({ key, value }) => {
        const name = isScalar(key) ? String(key.value) : String(key);
        places.set(`key of ${pathKey([...path, name])}`, at((key as Node).range?.[0]));
        return [name, read(value as Node | null, [...path, name])] as const;
      });
      return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
    }
    if (isSeq(node)) return node.items.map((item, index) => read(item as Node, [...path, index]));
    if (isAlias(node)) complaints.push({ place, text: 'aliases (*name) are not taken: write the value out' });
    if (!isScalar(node) || node.value === undefined) return undefined;
    const { value } = node;
    if (value === null) return path.includes('field_mapping') && path.at(-1) !== 'field_mapping' ? null : undefined;
    return typeof value === 'string' ? filled(value, place, path) : value;
  };
  return { value: read(document.contents as Node | null, []), places, complaints };
};

const lowerFirst = (text: string): string => text.slice(0, 1).toLowerCase() + text.slice(1);
