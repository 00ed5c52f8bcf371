import type { DataSource } from 'typeorm';
import { readRows } from '../db/read-rows.ts';
import type { Claims } from '../db/transaction.ts';

export interface RunSeen {
  readonly id: string;
  readonly kind: string;
  readonly outcome: string;
  readonly startedAt: Date;
  readonly endedAt: Date | null;
}

export interface StageSeen {
  readonly run: string;
  readonly name: string;
  readonly outcome: string;
  readonly rowsIn: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly startedAt: Date;
  readonly endedAt: Date | null;
  readonly errorCode: string | null;
}

const runColumns = `id, kind, outcome, started_at AS "startedAt", ended_at AS "endedAt"`;

/** Newest first, for readers whose claims let them see the ledger. */
export async function runsSeen(
  api: DataSource,
  claims: Claims,
  page: { readonly after?: string | undefined; readonly most: number },
): Promise<readonly RunSeen[]> {
  return readRows<RunSeen>(
    api,
    claims,
    `SELECT ${runColumns} FROM ledger.run
           WHERE $1::uuid IS NULL OR (started_at, id) < (SELECT started_at, id FROM ledger.run WHERE id = $1)
           ORDER BY started_at DESC, id DESC LIMIT $2`,
    [page.after ?? null, page.most],
  );
}

export async function oneRunSeen(api: DataSource, claims: Claims, id: string): Promise<RunSeen | undefined> {
  const rows = await readRows<RunSeen>(api, claims, `SELECT ${runColumns} FROM ledger.run WHERE id = $1`, [
    id,
  ]);
  return rows[0];
}

export async function stagesOf(
  api: DataSource,
  claims: Claims,
  runs: readonly string[],
): Promise<readonly StageSeen[]> {
  return readRows<StageSeen>(
    api,
    claims,
    `SELECT run_id AS run, name, outcome, rows_in::float8 AS "rowsIn", accepted::float8 AS accepted,
             rejected::float8 AS rejected, started_at AS "startedAt", ended_at AS "endedAt", error_code AS "errorCode"
           FROM (SELECT run_id, id, name, outcome, rows_in, accepted, rejected, started_at, ended_at, error_code FROM ledger.stage
             UNION ALL SELECT run_id, place, stage, outcome, rows_in, accepted, rejected, started_at, ended_at, code
             FROM ops.night_stage) stage
           WHERE run_id = ANY ($1) ORDER BY run_id, id`,
    [runs],
  );
}
