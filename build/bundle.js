// Builds dist/ and prints nothing, so that `npm pack --json` writes JSON alone. JavaScript, because Node 20 runs no TypeScript.
import { chmodSync } from 'node:fs';
import { rolldown } from 'rolldown';
import { loadConfig } from 'rolldown/config';

const { output, ...input } = await loadConfig('rolldown.config.ts');
const bundle = await rolldown({ ...input, logLevel: 'silent' });
await bundle.write(output);
await bundle.close();
chmodSync('dist/zoom-ws.js', 0o755);
