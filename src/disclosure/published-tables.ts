import type { DataSource } from 'typeorm';

/** One declared table as a release holds it. */
export interface PublishedTable {
  readonly metric: string;
  readonly version: number;
  /** The dimensions joined by '+', or 'all'. */
  readonly tbl: string;
  readonly periods: readonly string[];
}

export async function publishedTables(
  source: DataSource,
  release: number,
): Promise<readonly PublishedTable[]> {
  return source.query<PublishedTable[]>(
    `SELECT metric, max(version) AS version, tbl, array_agg(DISTINCT period ORDER BY period) AS periods
     FROM release.figure WHERE release_number = $1 GROUP BY metric, tbl ORDER BY metric, tbl`,
    [release],
  );
}
