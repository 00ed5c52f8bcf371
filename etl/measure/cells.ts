/** From the counted rows of a metric to the cells of its tables, margins and zeros included. Pure. */
import type { Metric, MetricTable } from '../../src/contracts/metric.ts';
import type { Cell } from './figure.ts';
import type { Wait } from './survival.ts';

/** A row of `cellsSql`: the member of each dimension by its name, or null. */
export interface CountedRow {
  readonly period: string;
  readonly numerator?: number;
  readonly denominator?: number;
  readonly days?: number;
  readonly ended?: boolean;
  readonly n?: number;
  readonly [dimension: string]: unknown;
}

/** The counted cells of every margin, by the dimensions that it keeps. */
export type CountedMargins = ReadonlyMap<string, readonly CountedCell[]>;

interface CountedCell {
  readonly period: string;
  /** The members of the dimensions that the margin keeps. */
  readonly of: Readonly<Record<string, string>>;
  readonly numerator: number | undefined;
  readonly denominator: number | undefined;
  readonly waits: Wait[] | undefined;
}

export function countedMargins(metric: Metric, rows: readonly CountedRow[]): CountedMargins {
  const names = [...metric.dimensions.keys()];
  const waited = metric.statistic === 'median' || metric.statistic === 'survival';
  const cells = new Map<string, CountedCell>();
  const margins = new Map<string, CountedCell[]>();
  for (const row of rows) {
    const kept = names.filter((name) => row[name] !== null);
    const of = Object.fromEntries(kept.map((name) => [name, row[name] as string]));
    const margin = kept.join('+');
    const key = `${margin}|${row.period}|${Object.values(of).join('|')}`;
    const cell = (waited ? cells.get(key) : undefined) ?? {
      period: row.period,
      of,
      numerator: row.numerator,
      denominator: row.denominator,
      waits: waited ? [] : undefined,
    };
    cell.waits?.push({ days: row.days ?? 0, ended: row.ended === true, n: row.n ?? 0 });
    if (waited && cells.has(key)) continue;
    cells.set(key, cell);
    const others = margins.get(margin);
    if (others === undefined) margins.set(margin, [cell]);
    else others.push(cell);
  }
  return margins;
}

/**
 * Every combination of the members that a table has in a period, and their margins: a cell in which nobody was counted
 * beside others that somebody was counted in is a zero, and said to be one. Members that have feeds of their own
 * are always there: a zero or, without their feed, none.
 */
export function cellsOf(
  { dimensions, sourcesOf }: Metric,
  table: MetricTable,
  periods: readonly string[],
  margins: CountedMargins,
  onlyTotals: boolean,
): Cell[] {
  const found = foundIn([...dimensions.keys()], table, margins);
  return periods.flatMap((period) => {
    const here = onlyTotals ? undefined : found.get(period);
    const members = table.by.map((name, at) => {
      const declared = onlyTotals ? [] : [...(sourcesOf.get(name)?.keys() ?? [])];
      return [...new Set(['all', ...declared, ...(here?.members[at] ?? [])])].toSorted();
    });
    const combinations = members.reduce<string[][]>(
      (all, some) => all.flatMap((chosen) => some.map((member) => [...chosen, member])),
      [[]],
    );
    return combinations.map(
      (chosen): Cell => found.get(period)?.cells.get(chosen.join('|')) ?? { period, members: chosen },
    );
  });
}

interface Here {
  readonly cells: Map<string, Cell>;
  /** By the place of the dimension in the table. */
  readonly members: readonly Set<string>[];
}

/** The cells of a table that something was counted in, margins included, by period. */
function foundIn(
  names: readonly string[],
  { by }: MetricTable,
  margins: CountedMargins,
): ReadonlyMap<string, Here> {
  const found = new Map<string, Here>();
  for (let chosen = 0; chosen < 1 << by.length; chosen++) {
    const kept = new Set(by.filter((_, at) => (chosen >> at) & 1));
    const margin = names.filter((name) => kept.has(name)).join('+');
    for (const { period, of, ...counted } of margins.get(margin) ?? []) {
      const members = by.map((name) => of[name] ?? 'all');
      let here = found.get(period);
      if (here === undefined) {
        here = { cells: new Map(), members: by.map(() => new Set<string>()) };
        found.set(period, here);
      }
      here.cells.set(members.join('|'), { period, members, ...counted });
      for (const [at, member] of members.entries()) here.members[at]?.add(member);
    }
  }
  return found;
}
