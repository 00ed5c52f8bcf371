/** A file that is looked at before it is taken in: what it would do, and then the same rows again, against what stands by then. */
import type { DataSource } from 'typeorm';
import { loadContracts } from '../contracts/contracts.ts';
import { type Claims, transaction } from '../db/transaction.ts';
import { applyPlan } from './apply-plan.ts';
import { directory } from './directory.ts';
import { type Came, type ImportPlan, planImport } from './plan-import.ts';

export interface LookedAt {
  /** Under which its rows wait for a day; undefined where nothing of it would be taken. */
  readonly upload: string | undefined;
  readonly plan: ImportPlan;
}

export async function lookAtUpload(
  api: DataSource,
  claims: Claims,
  rows: readonly Came[],
  by: string,
): Promise<LookedAt> {
  const plan = planImport(loadContracts(), await directory(api), rows, claims.county ?? '');
  const lines = new Set([...plan.fresh, ...plan.changed, ...plan.waiting].map(({ line }) => line));
  if (lines.size === 0) return { upload: undefined, plan };
  const kept = rows.filter(({ line }) => lines.has(line));
  const upload = await transaction(
    api,
    async ({ client }) => {
      const { rows: stored } = await client.query<{ id: string }>(
        'INSERT INTO directory.upload (county, rows, came_by) VALUES ($1, $2, $3) RETURNING id',
        [claims.county, JSON.stringify(kept), by],
      );
      return stored[0]?.id;
    },
    claims,
  );
  return { upload, plan };
}

/** Undefined where nothing waits under that name, or not for the asker. */
export async function takeUpload(
  api: DataSource,
  claims: Claims,
  upload: string,
  by: string,
): Promise<ImportPlan | undefined> {
  const came = await transaction(
    api,
    async ({ client }) => {
      const { rows } = await client.query<{ rows: Came[] }>(
        'SELECT rows FROM directory.upload WHERE id = $1 AND came_by = $2',
        [upload, by],
      );
      return rows[0]?.rows;
    },
    claims,
  );
  if (came === undefined) return undefined;
  const plan = planImport(loadContracts(), await directory(api), came, claims.county ?? '');
  await applyPlan(api, plan, by, claims);
  await transaction(
    api,
    ({ client }) => client.query('DELETE FROM directory.upload WHERE id = $1', [upload]),
    claims,
  );
  return plan;
}
