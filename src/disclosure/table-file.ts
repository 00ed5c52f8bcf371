/** A released table as a file: one row for each cell, hidden ones empty with their status beside them. */
import { Dictionary, Float64, Int32, Table, tableToIPC, Utf8, vectorFromArray } from 'apache-arrow';
import { parquetWriteBuffer } from 'hyparquet-writer';
import type { AnsweredTable } from './asked-table.ts';

export const FILE_FORMATS = ['csv', 'json', 'parquet', 'arrow'] as const;
export type FileFormat = (typeof FILE_FORMATS)[number];

const NUMBERS = ['value', 'numerator', 'denominator', 'lower', 'upper'] as const;

interface Column {
  readonly name: string;
  readonly numeric: boolean;
  readonly data: readonly (string | number | null)[];
}

/** `note` says that the data are made up, where they are. */
export function tableFile(answer: AnsweredTable, format: FileFormat, note: string | undefined): Uint8Array {
  const columns = columnsOf(answer, note);
  if (format === 'csv') return Buffer.from(csv(columns));
  if (format === 'json') return Buffer.from(`${JSON.stringify({ note, rows: rowsOf(columns) })}\n`);
  return format === 'arrow' ? arrow(columns, note) : parquet(columns, note);
}

function columnsOf({ tbl, release, figures }: AnsweredTable, note: string | undefined): Column[] {
  const text = (name: string, of: (figure: (typeof figures)[number]) => string): Column => ({
    name,
    numeric: false,
    data: figures.map(of),
  });
  const dimensions = tbl === 'all' ? [] : tbl.split('+');
  return [
    text('metric', ({ metric }) => metric),
    text('definition', ({ version }) => `v${version}`),
    text('release', () => String(release.number)),
    text('period', ({ period }) => period),
    ...dimensions.map((name) => text(name, ({ dims }) => dims[name] ?? 'all')),
    ...NUMBERS.map((name) => ({ name, numeric: true, data: figures.map((figure) => figure[name]) })),
    text('status', ({ status }) => status),
    text('footnotes', ({ footnotes }) => footnotes.join(' ')),
    ...(note === undefined ? [] : [text('note', () => note)]),
  ];
}

function rowsOf(columns: readonly Column[]): Record<string, string | number | null>[] {
  const length = columns[0]?.data.length ?? 0;
  return Array.from({ length }, (_, at) =>
    Object.fromEntries(columns.map(({ name, data }) => [name, data[at] ?? null])),
  );
}

function csv(columns: readonly Column[]): string {
  const rows = rowsOf(columns).map((row) => Object.values(row).map(csvField).join(','));
  return `${[columns.map(({ name }) => name).join(','), ...rows].join('\r\n')}\r\n`;
}

function csvField(value: string | number | null): string {
  const text = value === null ? '' : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function arrow(columns: readonly Column[], note: string | undefined): Uint8Array {
  const table = new Table(
    Object.fromEntries(
      columns.map(({ name, numeric, data }) => [
        name,
        numeric
          ? vectorFromArray(data as (number | null)[], new Float64())
          : vectorFromArray(data as string[], new Dictionary(new Utf8(), new Int32())),
      ]),
    ),
  );
  if (note !== undefined) table.schema.metadata.set('note', note);
  return tableToIPC(table, 'stream');
}

function parquet(columns: readonly Column[], note: string | undefined): Uint8Array {
  return new Uint8Array(
    parquetWriteBuffer({
      columnData: columns.map(({ name, numeric, data }) => ({
        name,
        type: numeric ? ('DOUBLE' as const) : ('STRING' as const),
        nullable: true,
        data: [...data],
      })),
      ...(note === undefined ? {} : { kvMetadata: [{ key: 'note', value: note }] }),
    }),
  );
}

/** What a table's figures are, for whoever finds the file later. */
export function tableMetadata({ metric, tbl, release }: AnsweredTable, note: string | undefined): object {
  const { id, title, question, version, statistic, unit, numerator, denominator, per } = metric;
  return {
    note,
    metric: { id, title, question, version, statistic, unit, numerator, denominator, per },
    dimensions: tbl === 'all' ? {} : Object.fromEntries(metric.dimensions),
    limits: metric.limits,
    exclusions: metric.exclusions,
    authority: metric.authority.citation,
    release: {
      number: release.number,
      state: release.state,
      period: release.period,
      knownOn: release.knownOn,
      policy: release.policy,
    },
    status: {
      shown: 'It is shown.',
      provisional: 'It is shown, and not final.',
      hidden: 'It is hidden to protect young people; its numbers are empty.',
      not_available: 'There is none; the footnote says why.',
    },
  };
}
