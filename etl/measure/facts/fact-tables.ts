import type { Contracts } from '../../../src/contracts/contracts.ts';
import { factRecords } from './record-rows.ts';

/** What is worked out of the rows, with one or more rows for each young person. */
export const BY_PERSON = [
  'young_person',
  'decision',
  'contact',
  'person_period',
  'person_period_status',
  'person_period_term',
] as const;

/** Every table that facts are kept in. */
export function factTables(contracts: Contracts): readonly string[] {
  const records = factRecords(contracts).map(({ record }) => record);
  return [...BY_PERSON, ...records, 'member', 'period', 'population'];
}
