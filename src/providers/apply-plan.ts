import type { DataSource } from 'typeorm';
import { type Claims, transaction } from '../db/transaction.ts';
import { keepPrograms } from './keep.ts';
import type { ImportPlan } from './plan-import.ts';
import { putToWait } from './waiting.ts';

/** All of it or nothing, in one transaction. */
export async function applyPlan(
  source: DataSource,
  { fresh, changed, waiting }: ImportPlan,
  by: string,
  claims: Claims = { county: '*' },
): Promise<void> {
  if (fresh.length + changed.length + waiting.length === 0) return;
  await transaction(
    source,
    async ({ client }) => {
      await keepPrograms(client, [...fresh, ...changed], by);
      await putToWait(client, waiting, by);
    },
    claims,
  );
}
