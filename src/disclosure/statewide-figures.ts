import type { DataSource } from 'typeorm';
import type { ReleaseFigure } from './release/release-figures.ts';

/** What a release says of the whole state in some periods: tables without counties, and the margins of those with. */
export async function statewideFigures(
  source: DataSource,
  release: number,
  periods: readonly string[],
): Promise<readonly ReleaseFigure[]> {
  return source.query<ReleaseFigure[]>(
    `SELECT metric, version, tbl, period, cell, dims, numerator::float8 AS numerator,
            denominator::float8 AS denominator, value, lower, upper, status, footnotes
     FROM release.figure
     WHERE release_number = $1 AND period = ANY ($2) AND coalesce(dims->>'county', 'all') = 'all'
     ORDER BY metric, tbl, period, cell`,
    [release, periods],
  );
}
