import { resolve } from 'node:path';

/** What a bundler tells of a module: the ids of what it imports statically. */
type Graph = { getModuleInfo(id: string): { readonly importedIds: readonly string[] } | null };

/** Chunks that are one file because they are always loaded together: each is its roots and all that those need. */
const TOGETHER: readonly { readonly name: string; readonly roots: readonly string[] }[] = [
  // Loads the others.
  { name: 'compile-cache', roots: ['src/start/compile-cache.ts'] },
  // The command line, and what `tail` reads before it connects.
  {
    name: 'first',
    roots: [
      'src/main.ts',
      'src/cli/tail/index.ts',
      'src/flow/pump.ts',
      'src/flow/tally.ts',
      'src/flow/dedupe.ts',
      'src/outlet/stream.ts',
      'src/cli/shared/stop.ts',
      // One file for all that walks over JSON: a call into another file of the bundle costs, some are made for every token.
      'src/json/find-value.ts',
      'src/json/scan-object.ts',
      'src/json/unquote.ts',
    ],
  },
  {
    name: 'live',
    roots: ['src/cli/tail/run.ts', 'src/source/zoom-socket/index.ts', 'src/local/presence/index.ts'],
  },
  { name: 'socket', roots: ['node_modules/ws/wrapper.mjs'] },
];

/** `bin` answers `--version` with this alone. */
const ALONE = ['src/version.ts', 'package.json'].map((path) => resolve(path));

/**
 * The chunk of a module, or null for one of its own making. Sets closed under import, each without those before it: so no
 * two chunks can need each other.
 */
export const createChunkNames = () => {
  const names = new Map<string, string>(ALONE.map((id) => [id, '']));
  let isComplete = false;
  const complete = (graph: Graph): void => {
    for (const { name, roots } of TOGETHER) {
      const queue = roots.map((path) => resolve(path));
      // A file that was moved would otherwise silently undo what its chunk is there for.
      const missing = queue.find((id) => graph.getModuleInfo(id) === null);
      if (missing !== undefined) throw new Error(`the chunk "${name}" has a root that does not exist: ${missing}`);
      for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
        if (names.has(id)) continue;
        names.set(id, name);
        queue.push(...(graph.getModuleInfo(id)?.importedIds ?? []));
      }
    }
    isComplete = true;
  };
  return (id: string, graph: Graph): string | null => {
    if (!isComplete) complete(graph);
    return names.get(id) || null;
  };
};
