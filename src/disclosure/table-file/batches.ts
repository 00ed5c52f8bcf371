/** The cells of a released table, as many at a time as a file takes in one go. */
import type { ClientBase } from 'pg';
import { streamRows } from '../../db/copy.ts';
import { type AskedTable, type FoundTable, periodFits } from '../asked-table.ts';
import type { ReleaseFigure } from '../release/release-figures.ts';
import { FIGURE_COLUMNS } from '../release-table.ts';
import { dimensionsOf } from './columns.ts';

export type Batches = AsyncIterable<readonly ReleaseFigure[]>;

/** Large enough for Arrow's and Parquet's readers, and small beside the memory of a hub. */
const IN_A_BATCH = 8192;

interface Cells {
  readonly where: string;
  readonly values: readonly unknown[];
}

/** Undefined where the release has no such cell. */
export async function cellsOf(
  client: ClientBase,
  { metric, tbl, release }: FoundTable,
  asked: AskedTable,
): Promise<Cells | undefined> {
  const place = [release.number, metric.id, tbl];
  const own = asked.county === undefined ? '' : ' AND county_fips = $4';
  const from = `FROM release.${asked.county === undefined ? 'figure' : 'county_figure'}
    WHERE release_number = $1 AND metric = $2 AND tbl = $3`;
  const county = asked.county === undefined ? [] : [asked.county];
  const there = await client.query<{ period: string }>(`SELECT DISTINCT period ${from}${own}`, [
    ...place,
    ...county,
  ]);
  const periods = there.rows.map(({ period }) => period).filter((period) => periodFits(period, asked));
  const cells = {
    where: `${from} AND period = ANY ($4) AND dims @> $5${asked.county === undefined ? '' : ' AND county_fips = $6'}`,
    values: [...place, periods, JSON.stringify(Object.fromEntries(asked.where)), ...county],
  };
  const found = await client.query(`SELECT ${cells.where} LIMIT 1`, [...cells.values]);
  return found.rowCount === 0 ? undefined : cells;
}

export async function* batchesOf(client: ClientBase, { where, values }: Cells): Batches {
  let batch: ReleaseFigure[] = [];
  const rows = streamRows<ReleaseFigure>(
    client,
    `SELECT ${FIGURE_COLUMNS} ${where} ORDER BY period, cell`,
    values,
    2048,
  );
  for await (const figure of rows) {
    batch.push(figure);
    if (batch.length === IN_A_BATCH) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}

/** Each text that differs between cells, by its column, for formats that write them once. */
export async function textsOf(
  client: ClientBase,
  { where, values }: Cells,
  tbl: string,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const expressions = {
    definition: `'v' || version`,
    period: 'period',
    status: 'status',
    footnotes: `array_to_string(footnotes, ' ')`,
    ...Object.fromEntries(dimensionsOf(tbl).map((name) => [name, `coalesce(dims ->> '${name}', 'all')`])),
  };
  const { rows } = await client.query<{ name: string; text: string }>(
    Object.entries(expressions)
      .map(([name, expression]) => `SELECT DISTINCT '${name}' AS name, ${expression} AS text ${where}`)
      .join(' UNION ALL '),
    [...values],
  );
  const byName = Map.groupBy(rows, ({ name }) => name);
  return new Map([...byName].map(([name, found]) => [name, found.map(({ text }) => text).toSorted()]));
}
