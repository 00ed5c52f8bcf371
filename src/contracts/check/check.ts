import { type Contracts, readContracts } from '../contracts.ts';
import type { Problem } from '../problem.ts';
import { checkAccessPolicy } from './access-policy.ts';
import { checkDates } from './dates.ts';
import { checkDuplicates } from './duplicates.ts';
import { checkHistoryCodes } from './history-codes.ts';
import { checkLegalBasis } from './legal-basis.ts';
import { checkMetrics } from './metrics.ts';
import { checkNeverHeld } from './never-held.ts';
import { checkOrphans } from './orphans.ts';
import { checkQualityRules } from './quality-rules.ts';
import { checkRecords } from './records.ts';
import { checkReferences } from './references.ts';
import { checkRegister } from './register.ts';
import { checkRequirements } from './requirements.ts';
import { checkTermsAndClocks } from './terms.ts';
import { checkWording } from './wording.ts';

export interface CheckReport {
  readonly ok: boolean;
  readonly problems: readonly Problem[];
  readonly records: number;
  readonly codes: number;
  readonly terms: number;
  readonly metrics: number;
}

const CHECKS: readonly ((contracts: Contracts) => readonly Problem[])[] = [
  checkRecords,
  checkReferences,
  checkTermsAndClocks,
  checkHistoryCodes,
  checkQualityRules,
  checkMetrics,
  checkDuplicates,
  checkOrphans,
  checkDates,
  checkLegalBasis,
  checkNeverHeld,
  checkRequirements,
  checkWording,
  checkAccessPolicy,
  checkRegister,
];

/** Everything that is wrong with the contracts of a folder, in the order of files and lines. */
export function checkContracts(folder: string): CheckReport {
  const { contracts, problems } = readContracts(folder);
  const all = [...problems, ...CHECKS.flatMap((check) => check(contracts))].sort(
    (a, b) => a.file.localeCompare(b.file, 'en') || (a.line ?? 0) - (b.line ?? 0),
  );
  return {
    ok: all.length === 0,
    problems: all,
    records: contracts.records.size,
    codes: [...contracts.codeLists.values()].reduce((sum, list) => sum + list.codes.length, 0),
    terms: contracts.terms.size,
    metrics: contracts.metrics.size,
  };
}
