import { widthFor } from '../../../reports/charts/frame.ts';
import type { Answer } from '../../answer.ts';
import type { Ports } from '../../ports.ts';
import type { ReleasedTable } from '../../released-table.ts';
import type { Visit } from '../../visit.ts';
import { aboutOf, chartOf } from './chart.ts';
import { readQuestion } from './question.ts';
import { rowsOf } from './rows.ts';

type TablePorts = Pick<Ports, 'catalogue' | 'table'>;

/** The picture of exactly the view that the address names. */
export async function tableChart(visit: Visit, ports: TablePorts): Promise<Answer> {
  const table = await tableAt(visit, ports);
  if (table === undefined) return nothingThere(visit);
  const about = aboutOf(visit, table);
  return {
    status: 200,
    type: 'svg',
    file: `${fileName(table)}.svg`,
    body: chartOf(visit, table)({ ...about, width: widthFor({ ...about }) }),
  };
}

/** The same numbers as the table: no number where a cell is hidden, and a flag that says why. */
export async function tableData(visit: Visit, ports: TablePorts): Promise<Answer> {
  const table = await tableAt(visit, ports);
  if (table === undefined) return nothingThere(visit);
  const { question, metric, release } = table;
  const dimension = question.by ?? (question.place === 'each' ? 'county' : 'member');
  const heads = [
    'metric',
    'version',
    'release',
    'place',
    'period',
    dimension,
    'label',
    'value',
    'lower',
    'upper',
    'numerator',
    'denominator',
    'flag',
    'made_up',
  ];
  const rows = rowsOf(table).map(({ label, code, period, released, cell }) => [
    metric.id,
    metric.version,
    release.number,
    question.place,
    period,
    code || 'all',
    label || table.placeLabel,
    ...(['value', 'lower', 'upper', 'numerator', 'denominator'] as const).map((key) =>
      cell.status === 'shown' || cell.status === 'provisional' ? (released?.[key] ?? '') : '',
    ),
    cell.status,
    visit.hub.madeUp,
  ]);
  const body = [heads, ...rows]
    .map((row) => row.map((value) => quoted(String(value))).join(','))
    .join('\r\n');
  return { status: 200, type: 'csv', file: `${fileName(table)}.csv`, body: `${body}\r\n` };
}

/** Whoever asks for a file may be a program: it gets a line, not a page. */
function nothingThere({ say, hub }: Visit): Answer {
  return {
    status: 404,
    type: 'text',
    body: `${say(hub.release === undefined ? 'release.none' : 'tables.not_published')}\n`,
  };
}

async function tableAt(visit: Visit, ports: TablePorts): Promise<ReleasedTable | undefined> {
  const catalogue = await ports.catalogue();
  const question = catalogue === undefined ? undefined : readQuestion(visit.query, catalogue);
  return question === undefined ? undefined : ports.table(question, undefined);
}

function fileName({ metric, question, release }: ReleasedTable): string {
  const parts = [metric.id, question.place, question.period, question.by, `release-${release.number}`];
  return parts
    .filter((part) => part !== undefined)
    .join('-')
    .replaceAll(/[^\w-]+/g, '-');
}

/** A label that a spreadsheet would take for a formula is kept a label. */
function quoted(value: string): string {
  const safe = /^[=+@\t]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
