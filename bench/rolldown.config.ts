import { readdirSync } from 'node:fs';
import { defineConfig } from 'rolldown';

const peers = readdirSync('bench/peers')
  .filter((file) => file.endsWith('.ts'))
  .map((file) => [file.replace(/\.ts$/, ''), `bench/peers/${file}`]);

// Node 20 runs no TypeScript; the libraries of the peers stay what they are on a user's machine.
export default defineConfig({
  input: { bench: 'bench/index.ts', server: 'bench/server/index.ts', ...Object.fromEntries(peers) },
  platform: 'node',
  external: [/^[^./]/],
  output: { dir: '.bench', format: 'esm', cleanDir: true, entryFileNames: '[name].js' },
});
