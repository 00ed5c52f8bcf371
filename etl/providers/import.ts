/** Takes entries of the asset map in: read, plan against what stands, write in one transaction, tell. */
import { readFileSync } from 'node:fs';
import type { DataSource } from 'typeorm';
import { loadContracts } from '../../src/contracts/contracts.ts';
import { transaction } from '../../src/db/transaction.ts';
import { Refused } from '../../src/errors.ts';
import { directory } from '../../src/providers/directory.ts';
import { type AsSaid, fromHsds } from '../../src/providers/hsds/from-hsds.ts';
import { keepPrograms } from '../../src/providers/keep.ts';
import { type Came, type ImportPlan, planImport } from '../../src/providers/plan-import.ts';
import { putToWait } from '../../src/providers/waiting.ts';
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
  const rows = file.toLowerCase().endsWith('.json')
    ? readHsdsFile(file, otherwise)
    : await readProviderFile(contracts, file);
  const plan = planImport(contracts, await directory(loader), rows);
  if (!dryRun) await applyPlan(loader, plan, requestedBy);
  return plan;
}

export async function applyPlan(loader: DataSource, plan: ImportPlan, by: string): Promise<void> {
  const { fresh, changed, waiting } = plan;
  if (fresh.length + changed.length + waiting.length === 0) return;
  await transaction(
    loader,
    async ({ client }) => {
      await keepPrograms(client, [...fresh, ...changed], by);
      await putToWait(client, waiting, by);
    },
    { county: '*' },
  );
}

function readHsdsFile(file: string, otherwise: AsSaid): readonly Came[] {
  let document: unknown;
  try {
    document = JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT')
      throw new Refused('PROVIDER_FILE', `there is no file ${file}`);
    throw new Refused('PROVIDER_FILE', `${file} is no JSON`, { cause });
  }
  return fromHsds(document, otherwise);
}
