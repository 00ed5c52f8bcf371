import type { PoolClient } from 'pg';

/** The newest linkage, or the newest that had been made by the end of a day; null where there was none. */
export async function linkageBy(client: PoolClient, day: string | undefined): Promise<number | null> {
  const { rows } = await client.query<{ number: number | null }>(
    `SELECT max(number) AS number FROM persons.linkage WHERE $1::date IS NULL OR made_at < ($1::date + 1)::timestamptz`,
    [day ?? null],
  );
  return rows[0]?.number ?? null;
}
