/**
 * `npm run torture -- [night|intake] [--short|--long] [--kills N] [--seed N]`: work that is killed again and again, far longer
 * than the suite has time for. A seed gives the same moments again, as far as the machine keeps its pace. Nights write
 * what became of them into docs/reliability.md.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const ending = '.torture.ts';
const known = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith(ending))
  .map((file) => file.slice(0, -ending.length));
const usual = { night: '100', intake: '200' } as Readonly<Record<string, string>>;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    kills: { type: 'string' },
    seed: { type: 'string', default: '1' },
    short: { type: 'boolean', default: false },
    long: { type: 'boolean', default: false },
  },
});
const [what = 'night'] = positionals;
const kills = values.kills ?? (values.short ? '20' : values.long ? '500' : (usual[what] ?? '100'));
const wrong = [kills, values.seed].some((number) => !/^[1-9][0-9]{0,8}$/.test(number));
if (!known.includes(what) || wrong || (values.short && values.long)) {
  console.error(
    `usage: npm run torture -- [what] [--short|--long] [--kills N] [--seed N], where what is one of: ${known.join(', ')}`,
  );
  process.exit(3);
}
const page = join(import.meta.dirname, '../../docs/reliability.md');
const run = spawnSync(
  'vitest',
  ['run', '--config', 'test/torture/vitest.config.ts', '--reporter=verbose', `test/torture/${what}${ending}`],
  {
    stdio: 'inherit',
    env: { ...process.env, TORTURE_KILLS: kills, TORTURE_SEED: values.seed, TORTURE_PAGE: page },
  },
);
process.exit(run.status ?? 1);
