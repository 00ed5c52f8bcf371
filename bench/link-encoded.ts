/** Links one encoded file with itself, prints the time from file to clusters, then measures against the truth. */
import { performance } from 'node:perf_hooks';
import { personLayout } from '../etl/encode/layout.ts';
import { readRule } from '../etl/link/config.ts';
import { accuracyAt, thresholds, truthOfLabels } from '../etl/link/evaluate.ts';
import { sampleRows } from '../etl/link/input.ts';
import { linkOnThreads } from '../etl/link/link.ts';
import { readEncoded } from '../etl/link/read-encoded.ts';
import { peopleHeader } from './people.ts';

const [encoded = '', plain = '', cap = '100', ...rules] = process.argv.slice(2);

const start = performance.now();
const { table } = await readEncoded([encoded], personLayout);
const read = (performance.now() - start) / 1000;
const linked = await linkOnThreads(
  table,
  {
    ...(rules.length === 0 ? {} : { rules: rules.map((rule) => readRule(rule, personLayout)) }),
    limits: { cap: Number(cap), ...(rules.length === 0 ? {} : { pairsPerRecord: Number.POSITIVE_INFINITY }) },
  },
  2,
);
const seconds = (performance.now() - start) / 1000;
const peak_mb = process.resourceUsage().maxRSS / 1024;

const rows = await sampleRows(plain, peopleHeader.length, Number.POSITIVE_INFINITY);
const truth = truthOfLabels(rows.map((row) => row.at(-1) ?? ''));
let best = 0;
for (const { accuracy } of thresholds(linked.edges, truth)) best = Math.max(best, accuracy.f1);
console.log(
  JSON.stringify({
    seconds,
    read,
    stages: linked.seconds,
    pairs: linked.compared,
    dropped: linked.blocking.reports.reduce((sum, report) => sum + report.dropped_pairs, 0),
    f1: accuracyAt(linked.edges, truth, 0).f1,
    best_f1: best,
    peak_mb,
  }),
);
