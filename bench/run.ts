import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { type SizeName, sizes } from '../etl/synthesize/size.ts';
import { type Bench, missed, type Result, type Run } from './harness.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'string' },
    runs: { type: 'string', default: '5' },
    people: { type: 'string' },
    size: { type: 'string' },
    deliveries: { type: 'string' },
    hub: { type: 'string' },
  },
});

const benches = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.bench.js'))
  .map((file) => file.slice(0, -'.bench.js'.length));
const name = positionals[0];
if (name === undefined || !benches.includes(name)) {
  console.error(
    `usage: npm run bench -- <name> [--runs N] [--size SIZE] [--people N] [--deliveries DIR] [--hub DIR] [--json FILE], where <name> is one of: ${benches.join(', ')}`,
  );
  process.exit(3);
}

const runs = Number(values.runs);
if (!Number.isInteger(runs) || runs < 1) {
  console.error('--runs takes a whole number from 1');
  process.exit(3);
}

const people = values.people === undefined ? undefined : Number(values.people);
if (people !== undefined && (!Number.isInteger(people) || people < 1)) {
  console.error('--people takes a whole number from 1');
  process.exit(3);
}

const { size } = values;
if (size !== undefined && !isSize(size)) {
  console.error(`--size takes one of: ${Object.keys(sizes).join(', ')}`);
  process.exit(3);
}

const module = (await import(`./${name}.bench.js`)) as { run: Run };
const bench: Bench = {
  name,
  runs,
  results: await module.run({ runs, people, size, deliveries: values.deliveries, hub: values.hub }),
};
for (const line of bench.results.map(describe)) console.log(line);

const file = values.json ?? `bench/results/${name}.json`;
mkdirSync(dirname(file), { recursive: true });
writeFileSync(file, `${JSON.stringify(bench, null, 2)}\n`);
console.log(`written to ${file}`);
const short = bench.results.filter(missed);
if (short.length > 0) {
  console.error(`${short.length} of its bars missed: ${short.map(({ what }) => what).join('; ')}`);
  process.exitCode = 1;
}

function isSize(name: string): name is SizeName {
  return Object.hasOwn(sizes, name);
}

function describe(result: Result): string {
  const ratio = result.ratio === undefined ? '' : `   ${result.ratio.toFixed(3)} of ${result.against ?? ''}`;
  return `${result.what.padEnd(48)} ${result.value.toPrecision(4).padStart(10)} ${result.unit}${ratio}${barOf(result)}`;
}

function barOf(result: Result): string {
  const { bar } = result;
  if (bar === undefined) return '';
  const wanted =
    'says' in bar ? bar.says : 'atLeast' in bar ? `at least ${bar.atLeast}` : `at most ${bar.atMost}`;
  return `   ${missed(result) ? 'MISSED' : 'held'}: ${wanted}`;
}
