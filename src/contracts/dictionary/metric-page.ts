import type { Contracts } from '../contracts.ts';
import type { Metric } from '../metric.ts';
import type { ExampleFigure, ExampleRow, MetricExample } from '../metric-example.ts';

/** What a reader needs to check one figure: its words, its cuts, its limits, its SQL, and made-up examples that are tests. */
function metricPage(metric: Metric): string {
  const lines = [
    `# ${metric.title}`,
    '',
    metric.question,
    '',
    `\`${metric.id}\`, version ${metric.version}, group ${metric.group}, ${metric.statistic} of ${metric.unit.replaceAll('_', ' ')}${metric.per === 1 ? '' : ` per ${metric.per.toLocaleString('en')}`}.`,
    '',
    `- Numerator: ${metric.numerator}`,
    ...(metric.denominator === undefined ? [] : [`- Denominator: ${metric.denominator}`]),
    `- Authority: ${metric.authority.citation} (${metric.authority.kind})`,
    `- Record types without which there is no figure: ${metric.sources.join(', ')}`,
    ...metric.exclusions.map((exclusion) => `- Left out: ${exclusion}`),
    ...metric.limits.map((limit) => `- Limit: ${limit}`),
    ...(metric.notAvailable === undefined ? [] : [`- Not available: ${metric.notAvailable}`]),
    ...(metric.sums ? ['- The rows are counts that agencies sent; they are added up.'] : []),
    ...(metric.minorConsent ? ['- It rests on services to which a minor may consent alone.'] : []),
    ...(metric.additive
      ? []
      : ['- One thing counted may lie in several cells: they do not add up to their margin.']),
    '',
    '| table | published | periods |',
    '|---|---|---|',
    ...metric.tables.map(
      ({ name, publish, periods }) => `| ${name} | ${publish} | ${periods.join(', ').replaceAll('_', ' ')} |`,
    ),
    '',
    ...metric.changes.map(({ version, on, what, why }) => `- Version ${version}, ${on}: ${what} ${why}`),
    ...[...metric.sql].flatMap(([version, sql]) => [`Version ${version}:`, '', '```sql', sql, '```', '']),
    ...(metric.examples.length === 0
      ? []
      : ['## By example', '', 'Made-up rows; each example is a test.', '']),
    ...metric.examples.flatMap(example),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

function example({ says, rows, figures }: MetricExample): string[] {
  return [
    `### ${says}`,
    '',
    '| young person | from | record | fields |',
    '|---|---|---|---|',
    ...rows.map(
      ({ of, from, record, fields }) => `| ${of ?? ''} | ${from} | ${record} | ${inWords(fields)} |`,
    ),
    '',
    '| period | cell | figure |',
    '|---|---|---|',
    ...figures.map(
      (figure) => `| ${figure.period} | ${inWords(figure.by) || 'all'} | ${figureInWords(figure)} |`,
    ),
    '',
  ];
}

function inWords(fields: ExampleRow['fields']): string {
  return Object.entries(fields)
    .map(([name, value]) => `${name} ${Array.isArray(value) ? value.join(', ') : String(value)}`)
    .join('; ');
}

function figureInWords({ numerator, denominator, value, status }: ExampleFigure): string {
  if (status === 'not_available') return 'not available';
  const parts = [
    ...(value === undefined ? [] : [String(value)]),
    ...(numerator === undefined
      ? []
      : [`${numerator}${denominator === undefined ? '' : ` of ${denominator}`}`]),
  ];
  return `${parts.join(', ')}${status === 'provisional' ? ', provisional' : ''}`;
}

export function metricPages(contracts: Contracts): Record<string, () => string> {
  const pages = [...contracts.metrics.values()].map((metric): [string, () => string] => [
    `docs/metrics/${metric.id}.md`,
    () => metricPage(metric),
  ]);
  return { ...Object.fromEntries(pages), 'docs/metrics/README.md': () => catalogue(contracts) };
}

function catalogue({ metrics }: Contracts): string {
  return [
    '# The catalogue of metrics',
    '',
    'Nothing outside it is ever tabulated. How figures are made: [measures](../measures.md).',
    '',
    '| group | metric | question |',
    '|---|---|---|',
    ...[...metrics.values()].map(
      ({ group, id, title, question, notAvailable }) =>
        `| ${group} | [${title}](${id}.md) | ${question}${notAvailable === undefined ? '' : ' *Not available.*'} |`,
    ),
    '',
  ].join('\n');
}
