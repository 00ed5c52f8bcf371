import type { ComponentChildren, VNode } from 'preact';
import { isKnown } from '../../../reports/charts/cell.ts';
import { CellText } from '../../layout/cell-text.tsx';
import { DataTable } from '../../layout/data-table.tsx';
import type { ReleasedTable, TableQuestion } from '../../released-table.ts';
import type { Visit } from '../../visit.ts';
import { titleOf } from './chart.ts';
import { dimensionName } from './dimension-name.ts';
import { type Row, rowsOf } from './rows.ts';

interface ComparedProps {
  readonly visit: Visit;
  readonly table: ReleasedTable;
  readonly other: ReleasedTable | undefined;
  /** The other period, or the other place. */
  readonly label: string;
}

/** The same cells of two periods or of two places, side by side. */
export function Compared({ visit, table, other, label }: ComparedProps): VNode {
  const { say } = visit;
  const title = say('tables.compared', { other: label });
  return (
    <section aria-labelledby="compared">
      <h2 id="compared">{title}</h2>
      {other === undefined ? (
        <p class="notice">{say('tables.compared.none', { other: label })}</p>
      ) : (
        <>
          <DataTable
            caption={`${titleOf(visit, table)}. ${title}`}
            columns={[
              { head: headOf(visit, table.question) },
              { head: ownLabel(table, label, other), numeric: true },
              { head: label, numeric: true },
              { head: say('tables.difference'), numeric: true },
            ]}
            rows={pairsOf(table, other).map(([one, two]) => [
              labelOf(table, one),
              <CellText visit={visit} cell={one.cell} />,
              <CellText visit={visit} cell={two.cell} />,
              differenceOf(visit, one, two),
            ])}
          />
          <p class="remark">{say('tables.compared.chance')}</p>
        </>
      )}
    </section>
  );
}

function headOf({ say }: Visit, { by, period }: TableQuestion): string {
  if (period === 'each') return say('tables.period');
  return by === undefined ? say('tables.place') : dimensionName(by);
}

/** What this view is where the other is `label`. */
function ownLabel({ question, placeLabel }: ReleasedTable, label: string, other: ReleasedTable): string {
  return other.question.period === label ? question.period : placeLabel;
}

function labelOf({ placeLabel, question }: ReleasedTable, row: Row): string {
  const member = row.label || placeLabel;
  if (question.period !== 'each') return member;
  return row.label === '' ? row.period : `${member}, ${row.period}`;
}

/** By member and, where there are several, by period; the order is this view's. */
function pairsOf(table: ReleasedTable, other: ReleasedTable): readonly (readonly [Row, Row])[] {
  const many = table.question.period === 'each';
  const keyOf = (row: Row): string => `${row.code} ${many ? row.period : ''}`;
  const theirs = new Map(rowsOf(other).map((row) => [keyOf(row), row]));
  return rowsOf(table).flatMap((row) => {
    const found = theirs.get(keyOf(row));
    return found === undefined ? [] : [[row, found] as const];
  });
}

function differenceOf({ number }: Visit, one: Row, two: Row): ComponentChildren {
  if (!isKnown(one.cell) || !isKnown(two.cell)) return '–';
  const difference = one.cell.value - two.cell.value;
  return `${difference > 0 ? '+' : difference < 0 ? '−' : ''}${number(Math.abs(difference))}`;
}
