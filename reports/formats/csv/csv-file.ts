/** The report's numbers as a ZIP of CSV: every number with its place in the release, each table, and the codebook. */
import { zipOf } from '../../../src/contracts/template/zip.ts';
import { type Bound, boundIn, plain, type Report, type Table, type Words } from '../../blocks/block.ts';
import { dataTables } from '../tables.ts';

export function csvFile(report: Report): Uint8Array {
  const tables = dataTables(report).map(
    (table, at) => [`tables/${String(at + 1).padStart(2, '0')}-${table.id}.csv`, tableCsv(table)] as const,
  );
  return zipOf(
    new Map([
      [
        'README.txt',
        readme(
          report,
          tables.map(([name]) => name),
        ),
      ],
      ['figures.csv', figuresCsv(report)],
      ['codebook.csv', codebookCsv(report)],
      ...tables,
    ]),
  );
}

/** One row for each number that the report prints, once, whatever the page. */
function figuresCsv(report: Report): string {
  const once = new Map(
    boundIn([...report.cover, ...report.blocks]).map((one) => [`${one.address} ${one.part}`, one]),
  );
  const rows = [...once.values()].map((one) => {
    const [metric = '', table = '', ...rest] = one.address.split('/');
    const cell = rest.at(-1) ?? '';
    return [
      one.address,
      metric,
      table,
      rest.slice(0, -1).join('/'),
      cell,
      one.part,
      valueOf(one),
      one.status,
      one.notes.join(' '),
    ];
  });
  return csv([['address', 'metric', 'table', 'period', 'cell', 'part', 'value', 'status', 'notes'], ...rows]);
}

function tableCsv({ columns, rows }: Table): string {
  return csv([
    columns.map(({ head }) => head),
    ...rows.map((row) =>
      row.map((words, at) => (columns[at]?.numeric === true ? numberOf(words) : plain(words))),
    ),
  ]);
}

/** A number as programs read it; the mark where there is none. */
function numberOf(words: Words): string {
  const [only] = words;
  if (words.length === 1 && typeof only === 'object' && only.kind === 'bound') {
    return only.value === null ? only.text : valueOf(only);
  }
  return plain(words);
}

function valueOf({ value }: Bound): string {
  return value === null ? '' : String(value);
}

function codebookCsv({ definitions }: Report): string {
  const names = [
    'metric',
    'version',
    'title',
    'question',
    'unit',
    'statistic',
    'numerator',
    'denominator',
    'limits',
    'authority',
  ] as const;
  return csv([names, ...definitions.map((one) => names.map((name) => String(one[name])))]);
}

function readme(report: Report, tables: readonly string[]): string {
  return [
    `${report.title} – ${report.subtitle}`,
    report.running,
    '',
    ...report.notes,
    '',
    'figures.csv   every number of the report with its address in the release (`tessera trace ADDRESS`);',
    '              shares from 0 to 1; value is empty where the status is hidden or not_available',
    'codebook.csv  what each metric counts',
    ...tables,
    '',
  ].join('\r\n');
}

function csv(rows: readonly (readonly string[])[]): string {
  return `${rows.map((row) => row.map(field).join(',')).join('\r\n')}\r\n`;
}

function field(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
