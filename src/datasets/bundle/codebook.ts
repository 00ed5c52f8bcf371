/** What every column and code of a dataset means, and what every metric counts. Pure. */
import { csvField } from '../../disclosure/table-file/as-text.ts';
import type { Column } from '../../disclosure/table-file/columns.ts';
import { STATUS_WORDS } from '../../disclosure/table-file/metadata.ts';
import { type Dataset, metricsOf } from './dataset.ts';

export interface DescribedColumn {
  readonly name: string;
  readonly type: 'string' | 'number';
  readonly words: string;
  /** The codes that it holds here, with their labels; empty for a column without codes. */
  readonly codes: readonly (readonly [code: string, label: string])[];
}

const COLUMN_WORDS: Readonly<Record<string, string>> = {
  metric: 'What is counted; the codebook says how.',
  definition: 'The version of the metric’s definition.',
  release: 'The number of the release that the figure is of.',
  table: 'The table that the cell is of: its dimensions joined by +, or all.',
  period: 'A year (2024), a quarter (2024-Q1), or years pooled (2022/2024).',
  value: 'The figure: a count, a share from 0 to 1, a rate or a median. Empty where the status says so.',
  numerator: 'What is counted in it.',
  denominator: 'Of how many, where it is a share or a rate.',
  lower: 'The lower end of its interval, where it has one.',
  upper: 'The upper end of its interval.',
  status: 'Whether the figure is shown. A hidden figure is not a zero, and is not always small.',
  footnotes: 'What the release says of the figure besides.',
  note: 'Says that the data are made up.',
};

export function describedColumns(dataset: Dataset): readonly DescribedColumn[] {
  return dataset.tally.columns.map((column) => ({
    name: column.name,
    type: column.numeric ? 'number' : 'string',
    words:
      COLUMN_WORDS[column.name] ?? `Cut by ${column.name.replaceAll('_', ' ')}; all stands for every member.`,
    codes: codesOf(dataset, column),
  }));
}

function codesOf(dataset: Dataset, { name }: Column): readonly (readonly [string, string])[] {
  const held = dataset.tally.texts.get(name) ?? [];
  if (name === 'status') return held.map((code) => [code, STATUS_WORDS[code] ?? code]);
  if (name === 'metric')
    return metricsOf(dataset)
      .map(({ id, title }): [string, string] => [id, title])
      .toSorted(([a], [b]) => (a < b ? -1 : 1));
  if (COLUMN_WORDS[name] !== undefined) return [];
  const labels = labelsOf(dataset, name);
  return held.map((code) => [code, labels.get(code) ?? (code === 'all' ? 'All' : code)]);
}

/** A dimension may have another list for another metric: a code means the same in all of them. */
function labelsOf(dataset: Dataset, dimension: string): ReadonlyMap<string, string> {
  const lists = new Set(metricsOf(dataset).flatMap(({ dimensions }) => dimensions.get(dimension) ?? []));
  return new Map(
    [...lists].flatMap((list) =>
      (dataset.contracts.codeLists.get(list)?.codes ?? []).map(({ code, label }): [string, string] => [
        code,
        label,
      ]),
    ),
  );
}

/** What a metric is, attribute by attribute. */
export function describedMetrics(dataset: Dataset): readonly {
  readonly id: string;
  readonly title: string;
  readonly says: readonly (readonly [string, string])[];
}[] {
  return metricsOf(dataset).map((metric) => {
    const {
      id,
      title,
      question,
      version,
      statistic,
      unit,
      numerator,
      denominator,
      per,
      exclusions,
      limits,
      authority,
    } = metric;
    return {
      id,
      title,
      says: [
        ['question', question],
        ['definition', `v${dataset.release.definitions?.[id] ?? version}`],
        ['statistic', statistic],
        ['unit', unit],
        ['numerator', numerator],
        ...(denominator === undefined ? [] : [['denominator', denominator] as const]),
        ...(per === 1 ? [] : [['per', String(per)] as const]),
        ...exclusions.map((words) => ['exclusion', words] as const),
        ...limits.map((words) => ['limit', words] as const),
        ['authority', authority.citation],
      ],
    };
  });
}

export function codebookCsv(dataset: Dataset): string {
  const rows: (readonly string[])[] = [['part', 'name', 'code', 'type', 'words']];
  for (const { name, type, words, codes } of describedColumns(dataset)) {
    rows.push(['column', name, '', type, words]);
    for (const [code, label] of codes) rows.push(['code', name, code, '', label]);
  }
  for (const { id, title, says } of describedMetrics(dataset)) {
    rows.push(['metric', id, 'title', '', title]);
    for (const [attribute, words] of says) rows.push(['metric', id, attribute, '', words]);
  }
  return `${rows.map((row) => row.map(csvField).join(',')).join('\r\n')}\r\n`;
}
