/** `npm run interop`: what needs foreign programs. It installs them, and fails rather than skips without them. */
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { json: { type: 'string' } } });
const report = values.json === undefined ? [] : ['--reporter=json', `--outputFile=${values.json}`];
const run = spawnSync(
  'vitest',
  ['run', '--config', 'test/interop/vitest.config.ts', '--reporter=default', ...report, ...positionals],
  { stdio: 'inherit' },
);
process.exit(run.status ?? 1);
