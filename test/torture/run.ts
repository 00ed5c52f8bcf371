/**
 * `npm run torture -- [night|intake|months|load] [--short|--long] [--times N] [--seed N]`: work that is disturbed again and again,
 * far longer than the suite has time for. A seed gives the same moments again, as far as the machine keeps its pace. What became
 * of it goes into docs/reliability.md.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { parseArgs } from 'node:util';

const ending = '.torture.ts';
const known = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith(ending))
  .map((file) => file.slice(0, -ending.length));
/** Blows, killed loads, nights of two years, minutes: short, usual and long. */
const extents: Readonly<Record<string, readonly [string, string, string]>> = {
  night: ['20', '100', '500'],
  intake: ['20', '200', '500'],
  months: ['12', '104', '730'],
  load: ['2', '20', '480'],
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    times: { type: 'string' },
    kills: { type: 'string' },
    seed: { type: 'string', default: '1' },
    short: { type: 'boolean', default: false },
    long: { type: 'boolean', default: false },
  },
});
const [what = 'night'] = positionals;
const [short = '', usual = '', long = ''] = extents[what] ?? [];
const times = values.times ?? values.kills ?? (values.short ? short : values.long ? long : usual);
const wrong = [times, values.seed].some((number) => !/^[1-9][0-9]{0,8}$/.test(number));
if (!known.includes(what) || wrong || (values.short && values.long)) {
  console.error(
    `usage: npm run torture -- [what] [--short|--long] [--times N] [--seed N], where what is one of: ${known.join(', ')}`,
  );
  process.exit(3);
}
const run = spawnSync(
  'vitest',
  ['run', '--config', 'test/torture/vitest.config.ts', '--reporter=verbose', `test/torture/${what}${ending}`],
  {
    stdio: 'inherit',
    env: { ...process.env, TORTURE_TIMES: times, TORTURE_SEED: values.seed },
  },
);
process.exit(run.status ?? 1);
