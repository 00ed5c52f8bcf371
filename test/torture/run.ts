/**
 * `npm run torture -- <what> [--kills N] [--seed N]`: work that is killed again and again, far longer than the suite
 * has time for. A seed gives the same moments again, as far as the machine keeps its pace.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { parseArgs } from 'node:util';

const ending = '.torture.ts';
const known = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith(ending))
  .map((file) => file.slice(0, -ending.length));

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { kills: { type: 'string', default: '200' }, seed: { type: 'string', default: '1' } },
});
const [what] = positionals;
const wrong = [values.kills, values.seed].some((number) => !/^[1-9][0-9]{0,8}$/.test(number));
if (what === undefined || !known.includes(what) || wrong) {
  console.error(
    `usage: npm run torture -- <what> [--kills N] [--seed N], where <what> is one of: ${known.join(', ')}`,
  );
  process.exit(3);
}
const run = spawnSync(
  'vitest',
  ['run', '--config', 'test/torture/vitest.config.ts', '--reporter=verbose', `test/torture/${what}${ending}`],
  { stdio: 'inherit', env: { ...process.env, TORTURE_KILLS: values.kills, TORTURE_SEED: values.seed } },
);
process.exit(run.status ?? 1);
