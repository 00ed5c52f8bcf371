/** Rows in bulk: COPY moves an order of magnitude more rows a second than the mapper's inserts. */
import type { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ClientBase } from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import QueryStream from 'pg-query-stream';

/** Loads rows that are already in COPY's text format; answers how many the server took. */
export async function copyIn(
  client: ClientBase,
  table: string,
  columns: readonly string[],
  rows: Readable | AsyncIterable<Buffer | string>,
): Promise<number> {
  const into = client.query(copyFrom(`COPY ${table} (${columns.join(', ')}) FROM STDIN`));
  await pipeline(rows, into);
  return into.rowCount;
}

/** Sends a query's rows in COPY's CSV format. */
export async function copyOut(client: ClientBase, query: string, out: Writable): Promise<void> {
  await pipeline(client.query(copyTo(`COPY (${query}) TO STDOUT (FORMAT csv, HEADER true)`)), out);
}

/** Reads a query's rows one by one, holding no more than `batchSize` of them. */
export function streamRows<Row>(
  client: ClientBase,
  query: string,
  parameters: readonly unknown[] = [],
  batchSize = 1000,
): AsyncIterable<Row> {
  return client.query(new QueryStream(query, [...parameters], { batchSize }));
}

/** One value in COPY's text format. */
export function copyText(value: string | number | bigint | boolean | null | undefined): string {
  if (value === null || value === undefined) return '\\N';
  if (typeof value !== 'string') return String(value);
  return value.replace(/[\\\n\r\t]/g, (character) => escapes[character] ?? character);
}

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };
