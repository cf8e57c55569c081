import { defineConfig } from 'rolldown';

// One bundle with lazy chunks: a command loads only what it needs, and no folder of modules is searched at start-up.
export default defineConfig({
  input: { 'zoom-ws': 'bin/zoom-ws.ts' },
  platform: 'node',
  // Optional native helpers of `ws`, absent by design: nothing is compiled when this installs.
  external: ['bufferutil', 'utf-8-validate'],
  output: {
    dir: 'dist',
    format: 'esm',
    cleanDir: true,
    entryFileNames: '[name].js',
    chunkFileNames: 'lib/[name]-[hash].js',
    minify: { compress: true, mangle: false, codegen: { removeWhitespace: true } },
  },
});
