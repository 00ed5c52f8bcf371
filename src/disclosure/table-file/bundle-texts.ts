/** What goes with the numbers of a table: its package description, codebook, read-me and citation. */
import type { CodeList } from '../../contracts/code-list.ts';
import type { FoundTable } from '../asked-table.ts';
import { csvField } from './as-text.ts';
import { type Column, columnsOf, dimensionsOf } from './columns.ts';

export interface BundleWords {
  /** Says that the data are made up, where they are. */
  readonly note: string | undefined;
  /** Where the same bundle is for ever. */
  readonly address: string;
  readonly codeLists: ReadonlyMap<string, CodeList>;
}

export function bundleTexts(found: FoundTable, words: BundleWords): Readonly<Record<string, string>> {
  return {
    'datapackage.json': `${JSON.stringify(dataPackage(found, words), null, 2)}\n`,
    'codebook.csv': codebook(found, words),
    'README.md': readMe(found, words),
    'CITATION.cff': citation(found, words),
  };
}

const MEANINGS: Readonly<Record<string, string>> = {
  metric: 'The id of the figure',
  definition: 'The version of its definition',
  release: 'The number of the release that it was read from',
  period: 'A year (2024), a quarter (2024-Q1) or years taken together (2022/2024)',
  value: 'The figure; a share is a number from 0 to 1',
  numerator: 'What was counted',
  denominator: 'Among how many',
  lower: 'The lower end of its 95 % interval',
  upper: 'The upper end of its 95 % interval',
  status: 'shown, provisional (shown, and not final), hidden (to protect young people) or not_available',
  footnotes: 'Why a number is missing, and what must be known beside it',
  note: 'Says that the data are made up',
};

function meaningOf({ metric, tbl }: FoundTable, { name }: Column): string {
  if (!dimensionsOf(tbl).includes(name)) return MEANINGS[name] ?? '';
  return `${spoken(name)}: a code of the list ${metric.dimensions.get(name) ?? name}, or all`;
}

function dataPackage(found: FoundTable, { note, address }: BundleWords): object {
  const { metric, release } = found;
  const schema = {
    fields: columnsOf(found, note).map((column) => ({
      name: column.name,
      type: column.numeric ? 'number' : 'string',
      description: meaningOf(found, column),
    })),
    missingValues: [''],
  };
  return {
    profile: 'data-package',
    name: `${metric.id.replaceAll('_', '-')}-release-${release.number}`,
    title: metric.title,
    description: [metric.question, ...metric.limits, note].filter((text) => text !== undefined).join(' '),
    version: `${release.number}.0.0`,
    created: release.publishedAt.toISOString(),
    homepage: address,
    resources: [
      { name: 'data', path: 'data.csv', format: 'csv', mediatype: 'text/csv', encoding: 'utf-8', schema },
      { name: 'data-parquet', path: 'data.parquet', format: 'parquet', schema },
      { name: 'codebook', path: 'codebook.csv', format: 'csv', mediatype: 'text/csv', encoding: 'utf-8' },
    ],
  };
}

/** A line for each column, and one for each code that a dimension may hold. */
function codebook(found: FoundTable, { note, codeLists }: BundleWords): string {
  const { metric, tbl } = found;
  const columns = columnsOf(found, note).map((column) => [column.name, '', meaningOf(found, column)]);
  const codes = dimensionsOf(tbl).flatMap((name) => [
    ...(codeLists.get(metric.dimensions.get(name) ?? name)?.codes ?? []).map(({ code, label }) => [
      name,
      code,
      label,
    ]),
    [name, 'all', 'All of them together'],
  ]);
  return [['column', 'code', 'meaning'], ...columns, ...codes]
    .map((row) => `${row.map(csvField).join(',')}\r\n`)
    .join('');
}

function readMe({ metric, tbl, release }: FoundTable, { note, address }: BundleWords): string {
  const per = metric.statistic === 'rate' ? `, per ${metric.per}` : '';
  const lines: readonly (string | undefined)[] = [
    `# ${metric.title}`,
    note === undefined ? undefined : `**${note}**`,
    metric.question,
    [
      `- Unit: ${spoken(metric.unit)} (${metric.statistic}${per})`,
      `- Counted: ${metric.numerator}`,
      ...(metric.denominator === undefined ? [] : [`- Among: ${metric.denominator}`]),
      `- By: ${dimensionsOf(tbl).map(spoken).join(', ') || 'nothing, the whole state'}`,
      `- Definition: ${metric.id}, version ${metric.version}; ${metric.authority.citation}`,
      `- Release: ${release.number} (${release.state}), closed on ${release.closedOn}`,
      `- Again at: ${address}`,
    ].join('\n'),
    '## What it does not say',
    [...metric.limits, ...metric.exclusions].map((text) => `- ${text}`).join('\n') || 'Nothing is known.',
    '## What is empty',
    `An empty number is never a zero: \`status\` says whether it is hidden to protect young people or not available. Hidden
numbers cannot be found from those that are shown; please do not try, and do not add tables of different releases.`,
    '## What is here',
    `\`data.csv\` and \`data.parquet\` hold the same rows. \`codebook.csv\` says what each column and each code means,
\`datapackage.json\` the same for programs, \`CITATION.cff\` how to cite.`,
  ];
  return `${lines.filter((line) => line !== undefined).join('\n\n')}\n`;
}

function citation({ metric, release }: FoundTable, { note, address }: BundleWords): string {
  const abstract = [metric.question, note].filter((text) => text !== undefined).join(' ');
  return `${[
    'cff-version: 1.2.0',
    'message: Please cite this release, since figures may be corrected in a later one.',
    'type: dataset',
    `title: ${JSON.stringify(`${metric.title}, release ${release.number}`)}`,
    `abstract: ${JSON.stringify(abstract)}`,
    'authors:',
    '  - name: The agencies that send data to this hub',
    `version: "${release.number}"`,
    `date-released: ${release.publishedAt.toISOString().slice(0, 10)}`,
    `url: ${JSON.stringify(address)}`,
  ].join('\n')}\n`;
}

function spoken(name: string): string {
  return name.replaceAll('_', ' ');
}
