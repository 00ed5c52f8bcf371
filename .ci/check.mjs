/** Every static check, each with its time; all run, so that one look shows everything that is wrong. */
import { spawnSync } from 'node:child_process';

const checks = {
  format: 'biome check .',
  lint: 'oxlint --deny-warnings',
  types: 'tsc -p tsconfig.json',
  'dead code': 'knip',
  direction: 'node .ci/direction.mjs',
  build: 'npm run --silent build',
  generated: 'node dist/src/app/generate.js --check',
  lockfile: 'node .ci/lockfile.mjs',
};

let failed = 0;
for (const [name, command] of Object.entries(checks)) {
  const start = performance.now();
  const run = spawnSync(command, { shell: true, encoding: 'utf8', maxBuffer: 2 ** 28 });
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${run.status === 0 ? 'ok  ' : 'FAIL'}  ${name.padEnd(10)} ${seconds.padStart(5)} s`);
  if (run.status !== 0) {
    failed++;
    console.log(`${run.stdout}${run.stderr}`);
  }
}
console.log(`${Object.keys(checks).length - failed} checks passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
