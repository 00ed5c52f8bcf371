import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../src/package-root.ts';
import type { Comparison } from './estimate-reference.ts';

/** Every row with its difference, for whoever wants to look one up; not kept, as it repeats reference figures. */
export function writeReport(comparisons: readonly Comparison[]): string {
  const folder = join(packageRoot, 'test', 'artefacts');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'estimate-conformance.tsv');
  const head = [
    'row',
    'dataset',
    'method',
    'options',
    'kind',
    'field',
    'reference',
    'ours',
    'difference',
    'bar',
    'verdict',
    'note',
  ] as const;
  const cell = (value: unknown): string =>
    value === null || value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);
  const lines = comparisons.map((comparison) => head.map((key) => cell(comparison[key])).join('\t'));
  writeFileSync(file, `${[head.join('\t'), ...lines].join('\n')}\n`);
  return file;
}

/** What the documentation shows: per method how many rows are met, how far the farthest is, and why the rest differ. */
export function writeSummary(comparisons: readonly Comparison[]): void {
  const methods = [...new Set(comparisons.map(({ method }) => method))];
  const table = methods.map((method) => {
    const own = comparisons.filter((comparison) => comparison.method === method);
    const byRow = rowVerdicts(own);
    const met = own.filter(({ verdict, difference }) => verdict === 'met' && difference !== null);
    const farthest = Math.max(0, ...met.map(({ difference }) => difference!));
    const counted = (verdict: string): number => byRow.filter((each) => each === verdict).length;
    return `| ${method.replaceAll('|', '/')} | ${byRow.length} | ${counted('met')} | ${counted('explained')} | ${counted('differs')} | ${counted('out of scope')} | ${met.length === 0 ? '' : farthest.toExponential(1)} |`;
  });
  const notes = [
    ...new Set(comparisons.filter(({ verdict }) => verdict === 'explained').map(({ note }) => note!)),
  ];
  const why = notes.map((note) => {
    const own = comparisons.filter(
      (comparison) => comparison.note === note && comparison.verdict === 'explained',
    );
    const rows = new Set(own.map(({ row }) => row)).size;
    const tables = [...new Set(own.map(({ dataset }) => dataset))].join(', ');
    return `- **${rows} ${rows === 1 ? 'row' : 'rows'}** (${tables}; ${[...new Set(own.map(({ field }) => field))].join(', ')}): ${note}.`;
  });
  const outside = comparisons.filter(({ verdict }) => verdict === 'out of scope');
  const reasons = [...new Set(outside.map(({ note }) => note!))].map(
    (note) => `- **${outside.filter((comparison) => comparison.note === note).length}**: ${note}.`,
  );
  const verdicts = rowVerdicts(comparisons);
  const total = (verdict: string): number => verdicts.filter((each) => each === verdict).length;
  writeFileSync(
    join(packageRoot, 'docs', 'prevalence-conformance.md'),
    `# Conformance of the estimators

Written by \`npm run conformance -- --data DIR estimate\`; the figures of every row go to \`test/artefacts/estimate-conformance.tsv\`.

${verdicts.length} reference answers: ${total('met')} met in every field, ${total('explained')} with a field that differs for the reason given below, ${total('differs')} that differ without one, ${total('out of scope')} of methods that are not offered.
The bars are 0.01 % for estimates, deviances, AIC, BIC and log-normal limits, 0.1 % for BCa limits, 0.5 % for averages over graphs, and exact status codes. A printed figure counts as met within one unit of its last digit, as papers round and truncate.

| reference | rows | met | explained | differ | out of scope | largest difference met |
|---|---|---|---|---|---|---|
${table.join('\n')}

## Fields that differ, and who is right

${why.join('\n')}

## Not offered

${reasons.join('\n')}
`,
  );
}

/** A row is as its worst field is. */
function rowVerdicts(comparisons: readonly Comparison[]): string[] {
  const worst = ['out of scope', 'differs', 'explained', 'met'];
  const rows = new Map<number, string>();
  for (const { row, verdict } of comparisons) {
    const known = rows.get(row) ?? 'met';
    if (worst.indexOf(verdict) < worst.indexOf(known)) rows.set(row, verdict);
    else rows.set(row, known);
  }
  return [...rows.values()];
}
