import type { Cell } from '../../../reports/charts/cell.ts';
import type { Member, ReleasedCell, ReleasedTable } from '../../released-table.ts';

/** A released cell as charts and tables take it. */
export function cellOf(released: ReleasedCell | undefined): Cell {
  if (released === undefined || released.value === null) {
    return { status: released?.status === 'hidden' ? 'hidden' : 'not_available' };
  }
  if (released.status === 'hidden' || released.status === 'not_available') return { status: released.status };
  return {
    status: released.status,
    value: released.value,
    lower: released.lower ?? undefined,
    upper: released.upper ?? undefined,
  };
}

export interface Row {
  readonly label: string;
  readonly code: string;
  readonly period: string;
  readonly released: ReleasedCell | undefined;
  readonly cell: Cell;
}

/** One row for each member and period, in the order of the release; never sorted by what they hold. */
export function rowsOf(table: ReleasedTable): readonly Row[] {
  const { question, members } = table;
  const dimension = question.by ?? (question.place === 'each' ? 'county' : undefined);
  const periods =
    question.period === 'each'
      ? table.metric.periods
      : table.metric.periods.filter((one) => one === question.period);
  const found = new Map(
    table.cells.map((cell) => [
      `${dimension === undefined ? '' : cell.dims[dimension]} ${cell.period}`,
      cell,
    ]),
  );
  const listed: readonly Member[] = dimension === undefined ? [{ code: '', label: '' }] : members;
  return listed.flatMap((member) =>
    periods.map((period) => {
      const released = found.get(`${member.code} ${period}`);
      return { label: member.label, code: member.code, period, released, cell: cellOf(released) };
    }),
  );
}
