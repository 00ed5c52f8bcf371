import type { DataSource } from 'typeorm';
import { type Claims, claimingStatement } from './claimed.ts';
import { poolOf, preparedName } from './prepared.ts';

/** The rows that one statement answers to somebody with these claims. */
export async function readRows<Row extends object>(
  source: DataSource,
  claims: Claims,
  statement: string,
  values: readonly unknown[] = [],
): Promise<readonly Row[]> {
  return rowsOf<Row>(source, claims, { text: statement, values: [...values] });
}

/** The same of a statement that comes again and again: a connection plans it once. */
export async function readPreparedRows<Row extends object>(
  source: DataSource,
  claims: Claims,
  statement: string,
  values: readonly unknown[],
): Promise<readonly Row[]> {
  return rowsOf<Row>(source, claims, { name: preparedName(statement), text: statement, values: [...values] });
}

interface Statement {
  readonly name?: string;
  readonly text: string;
  readonly values: unknown[];
}

/** Without the mapper, and with the claims on the way that the transaction begins on: this is what every question waits for. */
async function rowsOf<Row extends object>(
  source: DataSource,
  claims: Claims,
  statement: Statement,
): Promise<readonly Row[]> {
  const client = await poolOf(source).connect();
  let broken = false;
  try {
    await client.query(['BEGIN', claimingStatement(claims) ?? []].flat().join('; '));
    const { rows } = await client.query<Row>(statement);
    await client.query('COMMIT');
    return rows;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {
      broken = true;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}
