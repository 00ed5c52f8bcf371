/** `npm run conformance -- --data DIR`: what needs reference data, given by path and never copied here. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { data: { type: 'string' }, json: { type: 'string' } },
});
if (values.data === undefined || !existsSync(values.data)) {
  console.error(
    'usage: npm run conformance -- --data DIR [--json FILE] [name …], where DIR holds the reference data',
  );
  process.exit(3);
}
const report = values.json === undefined ? [] : ['--reporter=json', `--outputFile=${values.json}`];
const run = spawnSync(
  'vitest',
  ['run', '--config', 'test/conformance/vitest.config.ts', '--reporter=default', ...report, ...positionals],
  { stdio: 'inherit', env: { ...process.env, CONFORMANCE_DATA: resolve(values.data) } },
);
process.exit(run.status ?? 1);
