import type { DataSource } from 'typeorm';
import type { ReleaseFigure } from './release/release-figures.ts';

/**
 * What a release says of one place, and of the whole state beside it. For the state, the counties' own totals come too,
 * but no breakdown within a county.
 */
export async function placeFigures(
  source: DataSource,
  release: number,
  county: string | undefined,
): Promise<readonly ReleaseFigure[]> {
  return source.query<ReleaseFigure[]>(
    `SELECT metric, version, tbl, period, cell, dims, numerator::float8 AS numerator,
            denominator::float8 AS denominator, value, lower, upper, status, footnotes
     FROM release.figure
     WHERE release_number = $1
       AND (coalesce(dims->>'county', 'all') = 'all' OR CASE WHEN $2::text IS NULL THEN tbl = 'county' ELSE dims->>'county' = $2 END)
     ORDER BY metric, tbl, period, cell`,
    [release, county ?? null],
  );
}
