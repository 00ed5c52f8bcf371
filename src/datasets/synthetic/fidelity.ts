/** How near synthetic rows come to the release that they are made of: each of its counts beside theirs. */
import { FITTED, type PersonRow } from './person-row.ts';
import type { ReleasedCounts } from './released-counts.ts';

export interface ComparedCell {
  readonly period: string;
  readonly table: string;
  readonly members: readonly string[];
  /** What the release shows. */
  readonly released: number;
  /** Rows that say the same. */
  readonly synthetic: number;
  /** The share of the cell among the cells of the table that are shown, in the release and among rows that say these attributes. */
  readonly releasedShare: number;
  readonly syntheticShare: number | null;
  /** Wilson's interval of the synthetic share at 95 %: what so few rows would leave open if they had been drawn by chance. */
  readonly lower: number | null;
  readonly upper: number | null;
}

export interface ComparedTable {
  readonly period: string;
  readonly table: string;
  readonly cells: number;
  /** Rows that say all attributes of the table, as a share of all rows of the period. */
  readonly said: number;
  /** Half of the sum of the differences between shares: 0 where they are the same, 1 where they have nothing in common. */
  readonly distance: number | null;
  /** The share of its cells whose released share lies within the synthetic interval. */
  readonly within: number | null;
}

export interface Fidelity {
  readonly tables: readonly ComparedTable[];
  readonly cells: readonly ComparedCell[];
  /** Pairs of attributes that the release never crosses: of these the rows say nothing but what follows from the others. */
  readonly notReleased: readonly string[];
}

export function fidelityOf(
  rows: readonly PersonRow[],
  periods: readonly { readonly period: string; readonly tables: readonly ReleasedCounts[] }[],
): Fidelity {
  const found = periods.flatMap(({ period, tables }) => {
    const own = rows.filter((row) => row.period === period);
    return tables
      .filter(({ dimensions }) => dimensions.length > 0)
      .map((table) => compare(own, period, table));
  });
  const crossed = new Set(
    periods.flatMap(({ tables }) => tables.map(({ dimensions }) => dimensions.toSorted().join('+'))),
  );
  const pairs = FITTED.flatMap((a, at) => FITTED.slice(at + 1).map((b) => [a, b].toSorted().join('+')));
  return {
    tables: found.map(({ summary }) => summary),
    cells: found.flatMap(({ cells }) => cells),
    notReleased: pairs.filter((pair) => !crossed.has(pair)),
  };
}

function compare(
  rows: readonly PersonRow[],
  period: string,
  { dimensions, cells }: ReleasedCounts,
): { readonly summary: ComparedTable; readonly cells: readonly ComparedCell[] } {
  const table = dimensions.join('+');
  const columns = dimensions.map((name) =>
    name === 'age_band' ? 'age_band_public' : name,
  ) as (keyof PersonRow)[];
  const saying = rows.filter((row) => columns.every((column) => row[column] !== null));
  const said = Map.groupBy(saying, (row) => columns.map((column) => String(row[column])).join('|'));
  const shown = [...cells.values()].filter(({ count }) => count !== null && count > 0);
  const total = shown.reduce((so, { count }) => so + (count ?? 0), 0);
  const compared = shown.map(({ members, count }): ComparedCell => {
    const synthetic = said.get(members.join('|'))?.length ?? 0;
    const released = count ?? 0;
    const interval = saying.length === 0 ? undefined : wilson(synthetic, saying.length);
    return {
      period,
      table,
      members,
      released,
      synthetic,
      releasedShare: released / total,
      syntheticShare: saying.length === 0 ? null : synthetic / saying.length,
      lower: interval?.[0] ?? null,
      upper: interval?.[1] ?? null,
    };
  });
  const usable = saying.length > 0 && compared.length > 0;
  const summary = {
    period,
    table,
    cells: compared.length,
    said: rows.length === 0 ? 0 : saying.length / rows.length,
    distance: usable
      ? compared.reduce((so, cell) => so + Math.abs(cell.releasedShare - (cell.syntheticShare ?? 0)), 0) / 2
      : null,
    within: usable
      ? compared.filter(
          ({ releasedShare, lower, upper }) => (lower ?? 1) <= releasedShare && releasedShare <= (upper ?? 0),
        ).length / compared.length
      : null,
  };
  return { summary, cells: compared };
}

/** Wilson's score interval at 95 %. */
function wilson(met: number, of: number): readonly [number, number] {
  const z = 1.959963984540054;
  const share = met / of;
  const middle = share + (z * z) / (2 * of);
  const half = z * Math.sqrt((share * (1 - share)) / of + (z * z) / (4 * of * of));
  const scale = 1 + (z * z) / of;
  return [Math.max(0, (middle - half) / scale), Math.min(1, (middle + half) / scale)];
}
