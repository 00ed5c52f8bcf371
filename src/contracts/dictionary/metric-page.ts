import type { Contracts } from '../contracts.ts';
import type { Metric } from '../metric.ts';
import type { ExampleFigure, ExampleRow, MetricExample } from '../metric-example.ts';

/** What a reader needs to check one figure: its words, its cuts, its limits, made-up examples that are tests, and its SQL. */
function metricPage(contracts: Contracts, metric: Metric): string {
  const counted = [
    `**${WHAT[metric.statistic] ?? 'Counted'}** ${lower(metric.numerator)}.`,
    ...(metric.denominator === undefined
      ? []
      : [`**${metric.statistic === 'rate' ? 'For every' : 'Out of'}** ${lower(metric.denominator)}.`]),
    ...metric.exclusions.map((exclusion) => `**Left out** ${lower(exclusion)}.`),
    `**Resting on** ${restingOn(metric.authority)}.`,
  ];
  const lines = [
    `# ${metric.title}`,
    '',
    `*${metric.question}*`,
    '',
    ...(metric.notAvailable === undefined
      ? []
      : [`> There is no figure: ${lower(metric.notAvailable)}.`, '']),
    HOW[metric.statistic](metric),
    '',
    ...counted.flatMap((line) => [line, '']),
    ...section('What to know before reading it', [
      ...metric.limits.map((limit) => `- ${limit}`),
      ...(metric.sums ? ['- The rows are counts that agencies sent; they are added up.'] : []),
      ...(metric.minorConsent
        ? [
            '- It rests on services to which a minor may consent alone, so that no table by county leaves the hub, not even to the county.',
          ]
        : []),
      ...(metric.additive
        ? []
        : [
            '- One thing counted may lie in several cells, so that the cells add up to more than their total.',
          ]),
    ]),
    ...section('How it is cut', [...cuts(contracts, metric), ...tables(metric)]),
    ...section('What it is made of', [feeds(contracts, metric)]),
    ...section(
      'How it has changed',
      metric.changes.map(({ version, on, what, why }) => `- Version ${version}, ${on}: ${what} ${why}`),
    ),
    ...section(
      'By example',
      metric.examples.length === 0
        ? []
        : [AGENCIES, '', ...metric.examples.flatMap((one) => example(contracts, metric, one))],
    ),
    ...section(
      'As it is computed',
      [...metric.sql].flatMap(([version, sql]) => [
        `\`${metric.id}\`, version ${version}, over the [facts](../measures.md#facts):`,
        '',
        '```sql',
        sql,
        '```',
        '',
      ]),
    ),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

const AGENCIES =
  'Made-up rows, each example a test. Letters stand for young people; CW is child welfare, PR probation, HL health, ED education, CB a community provider.';

const WHAT: Partial<Record<Metric['statistic'], string>> = {
  median: 'Measured',
  survival: 'Given as',
  estimate: 'Estimated',
};

function restingOn({ citation, kind }: Metric['authority']): string {
  return kind === 'project' ? lower(citation) : `${citation} (a ${kind})`;
}

const HOW: Readonly<Record<Metric['statistic'], (metric: Metric) => string>> = {
  count: ({ unit }) => `A count of ${spokenUnit(unit)}.`,
  distribution: ({ unit }) => `Counts of ${spokenUnit(unit)}, bin by bin.`,
  share: ({ unit }) => `A share of ${spokenUnit(unit)}, with its 95 percent interval (Wilson).`,
  rate: ({ unit, per }) =>
    `A rate: ${spokenUnit(unit)} per ${per.toLocaleString('en')}, with its 95 percent interval (exact, of a Poisson count).`,
  median: ({ unit }) =>
    `A median in ${spokenUnit(unit)}, by the curve of Kaplan and Meier, in which whoever still waits counts as waiting and is not left out. With its 95 percent interval.`,
  survival: ({ horizonDays = 0 }) =>
    `A share within ${horizonDays} days, by the curve of Kaplan and Meier: whoever was followed for less counts for as long as they were followed. With its 95 percent interval.`,
  estimate: () => 'An estimate, made by a stage of its own and rounded ([prevalence](../prevalence.md)).',
};

function spokenUnit(unit: string): string {
  return unit.replaceAll('_', ' ');
}

/** A sentence's beginning that stands inside another; names and abbreviations keep their capital. */
function lower(text: string): string {
  return /^[A-Z][a-z]+ [a-z]|^[A-Z][a-z]+$/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.some((line) => line !== '') ? [`## ${title}`, '', ...lines, ''] : [];
}

function cuts({ codeLists }: Contracts, { dimensions }: Metric): string[] {
  return [...dimensions].map(([name, list]) => {
    const codes = codeLists.get(list)?.codes ?? [];
    const members =
      codes.length > 12 ? `${codes.length} of them` : codes.map(({ label }) => label).join('; ');
    return `- By ${name.replaceAll('_', ' ')}: ${members} ([list](../dictionary/codes.md#${list}))`;
  });
}

const PUBLISH: Readonly<Record<Metric['tables'][number]['publish'], string>> = {
  public: 'in releases, protected',
  secure: "to a county's own analysts, protected",
  steward: 'never outside the hub',
};

function tables(metric: Metric): string[] {
  if (metric.tables.length === 0) return [];
  return [
    ...(metric.dimensions.size === 0 ? [] : ['']),
    '| table | published | for each |',
    '|---|---|---|',
    ...metric.tables.map(
      ({ by, publish, periods }) =>
        `| ${by.length === 0 ? 'one figure for all' : `by ${by.join(' and ').replaceAll('_', ' ')}`} | ${PUBLISH[publish]} | ${periods.map((kind) => PERIOD[kind]).join(', ')} |`,
    ),
  ];
}

const PERIOD: Readonly<Record<Metric['periods'][number], string>> = {
  year: 'year',
  quarter: 'quarter',
  three_years: 'three years together',
  five_years: 'five years together',
};

function feeds({ records }: Contracts, { sources, sourcesOf }: Metric): string {
  const record = (name: string): string => {
    const found = records.get(name);
    if (found === undefined) return name;
    return `[${lower(found.title)}](../dictionary/${found.system.replaceAll('_', '-')}.md#${name})`;
  };
  const parts = [...sourcesOf.values()].flatMap((members) => [...members.values()].flat());
  const all = [...new Set([...sources, ...parts])].map(record).join(', ');
  if (all === '') return '';
  return parts.length === 0
    ? `Rows that agencies send: ${all}. While nobody sends one of these, there is no figure, and not a zero.`
    : `Rows that agencies send: ${all}. While nobody sends what a part rests on, that part has no figure, and not a zero.`;
}

function example(
  contracts: Contracts,
  metric: Metric,
  { says, today, rows, figures }: MetricExample,
): string[] {
  return [
    `### ${says}`,
    '',
    '| young person | from | record | fields |',
    '|---|---|---|---|',
    ...rows.map(
      ({ of, from, record, fields }) => `| ${of ?? ''} | ${from} | ${record} | ${inWords(fields)} |`,
    ),
    '',
    `As known on ${today}:`,
    '',
    '| period | cell | figure |',
    '|---|---|---|',
    ...figures.map(
      (figure) =>
        `| ${figure.period} | ${cellInWords(contracts, metric, figure.by)} | ${figureInWords(metric, figure)} |`,
    ),
    '',
  ];
}

function inWords(fields: ExampleRow['fields']): string {
  return Object.entries(fields)
    .map(([name, value]) => `${name} ${Array.isArray(value) ? value.join(', ') : String(value)}`)
    .join('; ');
}

/** Members by their labels, with the code beside them that the rows above have. */
function cellInWords({ codeLists }: Contracts, { dimensions }: Metric, by: ExampleFigure['by']): string {
  const words = Object.entries(by).map(([name, member]) => {
    const label = codeLists.get(dimensions.get(name) ?? '')?.codes.find(({ code }) => code === member)?.label;
    const shown = label === undefined || label === member ? member : `${label} (\`${member}\`)`;
    return `${name.replaceAll('_', ' ')}: ${shown}`;
  });
  return words.join('; ') || 'all';
}

function figureInWords({ statistic, unit }: Metric, figure: ExampleFigure): string {
  const { numerator, denominator, value, status } = figure;
  if (status === 'not_available') return 'not available';
  const waited = statistic === 'median' || statistic === 'survival';
  const parts = [
    ...(value === undefined ? [] : [statistic === 'median' ? `${value} ${spokenUnit(unit)}` : String(value)]),
    ...(numerator === undefined
      ? []
      : [
          `${numerator}${denominator === undefined ? '' : ` of ${denominator}`}${waited ? ' came to an end' : ''}`,
        ]),
  ];
  return `${parts.join('; ')}${status === 'provisional' ? ' (provisional)' : ''}`;
}

export function metricPages(contracts: Contracts): Record<string, () => string> {
  const pages = [...contracts.metrics.values()].map((metric): [string, () => string] => [
    `docs/metrics/${metric.id}.md`,
    () => metricPage(contracts, metric),
  ]);
  return { ...Object.fromEntries(pages), 'docs/metrics/README.md': () => catalogue(contracts) };
}

function catalogue({ metrics }: Contracts): string {
  const groups = Map.groupBy(metrics.values(), ({ group }) => group);
  return [
    '# The catalogue of metrics',
    '',
    'Every figure that this hub makes, and the question that it answers. Nothing outside this list is ever tabulated. Each page says what is counted, out of whom, what to know before reading the figure, and shows it on a few made-up rows.',
    '',
    '- *Identified* means that an agency suspected or confirmed commercial sexual exploitation; *in scope* also those screened with concern or found to be at risk. [The terms](../dictionary/terms.md) say it exactly.',
    '- A figure of a period that is not over is *provisional*. Where nobody sends what a figure rests on, it is *not available*, and says why; it is never a zero.',
    '- Small counties have three and five years together beside the single years.',
    '- What leaves the hub is protected first ([disclosure](../disclosure.md)): small counts are hidden.',
    '',
    'How figures are made: [measures](../measures.md).',
    '',
    ...[...groups].flatMap(([group, some]) => [
      `## ${group.charAt(0).toUpperCase()}${group.slice(1)}`,
      '',
      '| metric | question |',
      '|---|---|',
      ...some.map(
        ({ id, title, question, notAvailable }) =>
          `| [${title}](${id}.md) | ${question}${notAvailable === undefined ? '' : ` *Not available: ${notAvailable}.*`} |`,
      ),
      '',
    ]),
  ].join('\n');
}
