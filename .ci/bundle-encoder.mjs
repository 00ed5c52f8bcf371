/** Makes one file of the agency's half: `npm run bundle [-- file]`. It needs Node and nothing else. */
import { chmodSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { rolldown } from 'rolldown';

const root = dirname(import.meta.dirname);
const file = process.argv[2] ?? join(root, 'dist', 'tessera-encode.mjs');

const bundle = await rolldown({
  input: join(root, 'src', 'app', 'encoder.ts'),
  platform: 'node',
  logLevel: 'warn',
});
await bundle.write({ file, format: 'esm', codeSplitting: false });
await bundle.close();
chmodSync(file, 0o755);
console.log(`written to ${file}`);
