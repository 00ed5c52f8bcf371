/** The cells of a released table, as many at a time as a file takes in one go. */
import type { ClientBase } from 'pg';
import { streamRows } from '../../db/copy.ts';
import { type AskedTable, type FoundTable, periodFits } from '../asked-table.ts';
import type { ReleaseFigure } from '../release/release-figures.ts';
import { FIGURE_COLUMNS } from '../release-table.ts';
import { ALL, dimensionsOf } from './columns.ts';

export type Batches = AsyncIterable<readonly ReleaseFigure[]>;

/** Large enough for Arrow's and Parquet's readers, and small beside the memory of a hub. */
const IN_A_BATCH = 8192;

/** The cells of one table that somebody asked for. */
export interface Cells {
  readonly tbl: string;
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
    tbl,
    where: `${from} AND period = ANY ($4) AND dims @> $5${asked.county === undefined ? '' : ' AND county_fips = $6'}`,
    values: [...place, periods, JSON.stringify(Object.fromEntries(asked.where)), ...county],
  };
  const found = await client.query(`SELECT ${cells.where} LIMIT 1`, [...cells.values]);
  return found.rowCount === 0 ? undefined : cells;
}

/** One table after the other; a batch may hold the end of one and the beginning of the next. */
export async function* batchesOf(client: ClientBase, tables: readonly Cells[]): Batches {
  let batch: ReleaseFigure[] = [];
  for (const { where, values } of tables) {
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
  }
  if (batch.length > 0) yield batch;
}

/** Each text that differs between cells, by its column, for formats that write them once. */
export async function textsOf(
  client: ClientBase,
  tables: readonly Cells[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const dimensions = new Set(tables.flatMap(({ tbl }) => dimensionsOf(tbl)));
  const found = new Map<string, Set<string>>();
  for (const { tbl, where, values } of tables) {
    const own = dimensionsOf(tbl);
    const expressions = {
      definition: `'v' || version`,
      period: 'period',
      status: 'status',
      footnotes: `array_to_string(footnotes, ' ')`,
      ...Object.fromEntries(own.map((name) => [name, `coalesce(dims ->> '${name}', '${ALL}')`])),
    };
    const { rows } = await client.query<{ name: string; text: string }>(
      Object.entries(expressions)
        .map(([name, expression]) => `SELECT DISTINCT '${name}' AS name, ${expression} AS text ${where}`)
        .join(' UNION ALL '),
      [...values],
    );
    // A table that is not cut by a dimension is about all of its members.
    const uncut = [...dimensions].filter((name) => !own.includes(name)).map((name) => ({ name, text: ALL }));
    for (const { name, text } of [...rows, ...uncut])
      found.set(name, (found.get(name) ?? new Set()).add(text));
  }
  return new Map([...found].map(([name, texts]) => [name, [...texts].toSorted()]));
}
