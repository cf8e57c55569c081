import { defineConfig, type Plugin } from 'rolldown';
import { createChunkNames } from './build/chunk-names.ts';
import { thirdPartyLicences } from './build/third-party-licences.ts';
import { withoutUnusedParts } from './build/without-unused-parts.ts';

/** The project's own package.json says that its files are ES modules. */
const saysCommonJs: Plugin = {
  name: 'says-commonjs',
  generateBundle() {
    this.emitFile({ type: 'asset', fileName: 'package.json', source: '{ "type": "commonjs" }\n' });
  },
};

// CommonJS with lazy chunks: a command loads few files and only what it needs, and Node's loader for ES modules, which
// costs some milliseconds, is never started. dist/package.json tells Node so.
export default defineConfig({
  input: { 'zoom-ws': 'bin/zoom-ws.ts' },
  platform: 'node',
  // Optional native helpers of `ws`, absent by design: nothing is compiled when this installs.
  external: ['bufferutil', 'utf-8-validate'],
  plugins: [withoutUnusedParts(), thirdPartyLicences(), saysCommonJs],
  output: {
    dir: 'dist',
    format: 'cjs',
    // Node's own modules are required, too, where they are loaded late: import() would start its loader for ES modules.
    dynamicImportInCjs: false,
    cleanDir: true,
    entryFileNames: '[name].js',
    chunkFileNames: 'lib/[name]-[hash].js',
    codeSplitting: { includeDependenciesRecursively: false, groups: [{ name: createChunkNames() }] },
    minify: { compress: true, mangle: false, codegen: { removeWhitespace: true } },
  },
});
