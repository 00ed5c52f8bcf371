/** Runs what was understood of a query where the data are, and says nothing of what came out. */
import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { poolOf } from '../../db/prepared.ts';
import { tableSql } from './printed.ts';
import type { Query } from './query.ts';

/** What a query may cost: a table of a state's young people takes a small part of it. */
const LIMITS = {
  statement_timeout: '20s',
  lock_timeout: '1s',
  work_mem: '16MB',
  max_parallel_workers_per_gather: '0',
};

/** Out of time, or something else holds the facts. */
const STOPPED = new Set(['57014', '55P03']);

/** Whether it ended within its limits. Its rows are counted inside and thrown away. */
export async function runInside(researcher: DataSource, query: Query): Promise<'ran' | 'stopped'> {
  try {
    await inEnclave(researcher, `SELECT count(*) FROM (${tableSql(query)}) t`);
    return 'ran';
  } catch (error) {
    if (STOPPED.has((error as { code?: string }).code ?? '')) return 'stopped';
    throw error;
  }
}

/** How many cells there are, and how many hold 1 to 10: for those who review it, on the hub's own host. */
export async function cellsInside(
  researcher: DataSource,
  query: Query,
): Promise<{ readonly cells: number; readonly small: number }> {
  const rows = await inEnclave<{ cells: number; small: number }>(
    researcher,
    `SELECT count(*)::int AS cells, (count(*) FILTER (WHERE counted BETWEEN 1 AND 10))::int AS small FROM (${tableSql(query)}) t`,
  );
  return rows[0] ?? { cells: 0, small: 0 };
}

/** Read only, with limits, and with persons that are others in every run. */
async function inEnclave<Row extends object>(researcher: DataSource, sql: string): Promise<Row[]> {
  const client = await poolOf(researcher).connect();
  let broken = false;
  try {
    const limits = Object.entries(LIMITS).map(([name, value]) => `SET LOCAL ${name} = '${value}'`);
    await client.query(
      [
        'BEGIN READ ONLY',
        ...limits,
        `SET LOCAL search_path = enclave`,
        `SET LOCAL tessera.run = '${randomUUID()}'`,
      ].join('; '),
    );
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.query('ROLLBACK').catch(() => {
      broken = true;
    });
    client.release(broken);
  }
}
