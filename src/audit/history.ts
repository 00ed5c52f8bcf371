import type { DataSource } from 'typeorm';
import { type Claims, transaction } from '../db/transaction.ts';
import type { AuditEntry } from './entry.ts';

export interface HistoryLine extends AuditEntry {
  readonly number: number;
}

/** The newest first, as far as the claims let the reader see: their own, or everybody's. */
export async function readHistory(
  api: DataSource,
  claims: Claims,
  page: { readonly before?: number | undefined; readonly most: number },
): Promise<readonly HistoryLine[]> {
  return transaction(
    api,
    async ({ client }) => {
      const { rows } = await client.query<{ number: string; body: string }>(
        'SELECT number, body FROM audit.entry WHERE number < $1 ORDER BY number DESC LIMIT $2',
        [page.before ?? '9223372036854775807', page.most],
      );
      return rows.map((row) => ({ ...(JSON.parse(row.body) as AuditEntry), number: Number(row.number) }));
    },
    claims,
  );
}
