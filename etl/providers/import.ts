/** Takes entries of the asset map in: read, plan against what stands, write in one transaction, tell. */
import type { DataSource } from 'typeorm';
import { loadContracts } from '../../src/contracts/contracts.ts';
import { applyPlan } from '../../src/providers/apply-plan.ts';
import { directory } from '../../src/providers/directory.ts';
import type { AsSaid } from '../../src/providers/hsds/from-hsds.ts';
import { type ImportPlan, planImport } from '../../src/providers/plan-import.ts';
import { isOtherDirectory, readOtherDirectory } from './read-directory.ts';
import { readProviderFile } from './read-file.ts';

export interface ProviderImport {
  readonly loader: DataSource;
  readonly requestedBy: string;
  readonly dryRun: boolean;
  /** What another directory's entries say nothing of: for all of them alike. */
  readonly otherwise: AsSaid;
}

export async function importProviders(
  { loader, requestedBy, dryRun, otherwise }: ProviderImport,
  file: string,
): Promise<ImportPlan> {
  const contracts = loadContracts();
  const rows = isOtherDirectory(file)
    ? await readOtherDirectory(file, otherwise)
    : await readProviderFile(contracts, file);
  const plan = planImport(contracts, await directory(loader), rows);
  if (!dryRun) await applyPlan(loader, plan, requestedBy);
  return plan;
}
