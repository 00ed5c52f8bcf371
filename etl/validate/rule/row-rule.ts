import type { Contracts } from '../../../src/contracts/contracts.ts';
import type { QualityRule, Severity } from '../../../src/contracts/quality-rule.ts';
import type { RecordType } from '../../../src/contracts/record.ts';
import type { RowLayout } from './row-layout.ts';
import { type AsOf, compileTest } from './row-test.ts';

/** A quality rule that one row alone can break. */
export interface RowRule {
  readonly id: string;
  readonly severity: Severity;
  readonly rejects: boolean;
  /** The first test that the row at hand fails, counted from 0, or -1. */
  readonly broken: () => number;
  /** By test, the column that a reject names. */
  readonly columns: readonly (string | undefined)[];
}

export function rowRulesOf(contracts: Contracts, record: RecordType): readonly QualityRule[] {
  return [...contracts.qualityRules.values()].filter(
    (rule) => rule.scope === 'row' && (rule.record === '*' || rule.record === record.name),
  );
}

export function compileRowRules(contracts: Contracts, layout: RowLayout, asOf: AsOf): readonly RowRule[] {
  return rowRulesOf(contracts, layout.record).flatMap((rule) => {
    const tests = rule.tests.flatMap((test) => compileTest(contracts, layout, test, asOf));
    if (tests.length === 0) return [];
    const fails = tests.map((test) => test.fails);
    return {
      id: rule.id,
      severity: rule.severity,
      rejects: rule.severity === 'reject_row',
      broken: () => {
        for (let test = 0; test < fails.length; test++) if ((fails[test] as () => boolean)()) return test;
        return -1;
      },
      columns: tests.map((test) => {
        const last = test.reads.findLast((slot) => slot >= 0);
        return last === undefined ? undefined : layout.fields[last]?.name;
      }),
    };
  });
}
