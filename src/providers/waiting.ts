/** Entries that somebody has to look at: those that may be in the map already, and those that are not complete. */
import type { PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import { uuidOf } from '../access/named-id.ts';
import { readRows } from '../db/read-rows.ts';
import { type Claims, transaction } from '../db/transaction.ts';
import type { Texts } from './as-texts.ts';
import type { ToWait } from './plan-import.ts';

export interface Waiting {
  readonly id: string;
  readonly texts: Texts;
  readonly reasons: readonly string[];
  readonly looksLike: string | null;
  readonly cameAt: Date;
}

/** The same row that came before and waits is not put there twice. */
export async function putToWait(client: PoolClient, entries: readonly ToWait[], by: string): Promise<void> {
  const rows = entries.map(({ texts, document, reasons, looksLike }) => ({
    id: uuidOf('waiting', JSON.stringify(texts), looksLike?.id ?? ''),
    texts,
    document,
    reasons,
    // A row of the same file that was only now accepted has an id too.
    looks_like: looksLike?.id,
    counties: (texts['counties'] ?? '').split(';').filter((code) => /^06\d{3}$/.test(code)),
  }));
  await client.query(
    `INSERT INTO directory.waiting (id, texts, document, reasons, looks_like, counties, came_by)
     SELECT DISTINCT ON (id) id, texts, document, reasons, looks_like, counties, $2
     FROM jsonb_to_recordset($1::jsonb) AS r (id uuid, texts jsonb, document jsonb, reasons text[], looks_like uuid, counties text[])
     ON CONFLICT (id) DO NOTHING`,
    [JSON.stringify(rows), by],
  );
}

export async function waitingEntries(
  source: DataSource,
  claims: Claims,
  most: number,
  id?: string,
): Promise<readonly Waiting[]> {
  return readRows<Waiting>(
    source,
    claims,
    `SELECT id, texts, reasons, looks_like AS "looksLike", came_at AS "cameAt" FROM directory.waiting
     WHERE decided_at IS NULL AND ($2::uuid IS NULL OR id = $2) ORDER BY came_at, id LIMIT $1`,
    [most, id ?? null],
  );
}

/** Says what became of one: the same program, another one, or nothing. Undefined when it does not wait, or not for the asker. */
export async function decideWaiting(
  source: DataSource,
  claims: Claims,
  {
    id,
    decision,
    by,
  }: { readonly id: string; readonly decision: 'same' | 'another' | 'dropped'; readonly by: string },
): Promise<Waiting | undefined> {
  return transaction(
    source,
    async ({ client }) => {
      const { rows } = await client.query<Waiting>(
        `UPDATE directory.waiting SET decided_at = clock_timestamp(), decided_by = $3, decision = $2
         WHERE id = $1 AND decided_at IS NULL
         RETURNING id, texts, reasons, looks_like AS "looksLike", came_at AS "cameAt"`,
        [id, decision, by],
      );
      return rows[0];
    },
    claims,
  );
}
