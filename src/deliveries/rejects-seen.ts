import type { DataSource } from 'typeorm';
import { readRows } from '../db/read-rows.ts';
import type { Claims } from '../db/transaction.ts';

/** Rows of one file that broke one rule: how many, and where the first of them stands. Never a value. */
export interface RejectLine {
  readonly agency: string;
  readonly delivery: string;
  readonly file: string;
  readonly rule: string;
  readonly field: string | null;
  readonly rows: number;
  readonly firstLine: number;
}

/** Of the newest deliveries. */
export async function rejectsSeen(
  api: DataSource,
  claims: Claims,
  most: number,
): Promise<readonly RejectLine[]> {
  return readRows<RejectLine>(
    api,
    claims,
    `SELECT d.source_agency AS agency, d.delivery_id AS delivery, r.file, r.rule, r.field,
             count(DISTINCT r.line)::float8 AS rows, min(r.line) AS "firstLine"
           FROM ops.reject r JOIN (SELECT * FROM ops.delivery ORDER BY id DESC LIMIT $1) d ON d.id = r.delivery
           GROUP BY d.id, d.source_agency, d.delivery_id, r.file, r.rule, r.field
           ORDER BY d.id DESC, r.file, r.rule, r.field LIMIT 500`,
    [most],
  );
}
