import type { Contracts } from '../../../src/contracts/contracts.ts';
import type { QualityRule } from '../../../src/contracts/quality-rule.ts';
import type { RecordType } from '../../../src/contracts/record.ts';
import { rowRulesOf } from './row-rule.ts';

/**
 * The rule that keeps substance-use services (42 CFR Part 2), and services to which a minor consents alone, out of a
 * record. It is carried out where codes are read: later the broader code would stand in and nothing would show.
 */
export function part2RuleOf(contracts: Contracts, record: RecordType): QualityRule | undefined {
  return rowRulesOf(contracts, record).find((rule) =>
    rule.tests.some((test) => test.kind === 'check' && test.check === 'part_2_services'),
  );
}
