import type { DataSource } from 'typeorm';
import { type Claims, transaction } from './transaction.ts';

/** The rows that one statement answers to somebody with these claims. */
export async function readRows<Row extends object>(
  source: DataSource,
  claims: Claims,
  statement: string,
  values: readonly unknown[] = [],
): Promise<readonly Row[]> {
  return transaction(
    source,
    async ({ client }) => (await client.query<Row>(statement, [...values])).rows,
    claims,
  );
}
