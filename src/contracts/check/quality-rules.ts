import type { Contracts } from '../contracts.ts';
import { type Problem, problem } from '../problem.ts';
import type { QualityRule } from '../quality-rule.ts';
import { CHECKS, type Test } from '../quality-test.ts';
import type { RecordType } from '../record.ts';
import { checkCondition, resolveField } from './conditions.ts';

const STANDING = new Set(['$start', '$end', '$primary_key', '$first_event', 'linked_person']);

/** Every rule can be compiled: its record, fields, codes, clocks and checks exist. */
export function checkQualityRules(contracts: Contracts): Problem[] {
  return [...contracts.qualityRules.values()].flatMap((rule) => {
    const record = contracts.records.get(rule.record);
    if (record === undefined && rule.record !== '*' && rule.record !== 'report') {
      return [problem('REFERENCE', rule.place, `${rule.id}: there is no record ${rule.record}`)];
    }
    const silent = rule.tests.length === 0 && rule.severity !== 'info';
    return [
      silent ? [problem('SHAPE', rule.place, `${rule.id} tests nothing`)] : [],
      rule.tests.flatMap((test) => checkTest(contracts, rule, record, test)),
    ].flat();
  });
}

function checkTest(
  contracts: Contracts,
  rule: QualityRule,
  own: RecordType | undefined,
  test: Test,
): Problem[] {
  const at = (message: string): Problem => problem('REFERENCE', test.place, `${rule.id}: ${message}`);
  const about = test.kind === 'companion' && test.of !== undefined ? contracts.records.get(test.of) : own;
  const clock = 'clock' in test ? test.clock : undefined;
  return [
    ...(about === undefined ? [] : checkCondition(contracts, about, test.when, rule.id)),
    ...fieldsOf(test)
      .filter((name) => !STANDING.has(name))
      .filter((name) => about === undefined || resolveField(contracts, about, name) === undefined)
      .filter((name) => !(rule.record === '*' && name === 'record_version'))
      .map((name) => at(`${about?.name ?? rule.record} has no field ${name}`)),
    ...(clock === undefined || contracts.clocks.has(clock) ? [] : [at(`there is no clock ${clock}`)]),
    ...checkInside(contracts, rule, about, test, at),
  ];
}

function checkInside(
  contracts: Contracts,
  rule: QualityRule,
  about: RecordType | undefined,
  test: Test,
  at: (message: string) => Problem,
): Problem[] {
  const known = (name: string | undefined): Problem[] =>
    name === undefined || contracts.records.has(name) ? [] : [at(`there is no record ${name}`)];
  switch (test.kind) {
    case 'requires':
      return about === undefined ? [] : checkCondition(contracts, about, test.must, rule.id);
    case 'forbids':
      return about === undefined ? [] : checkCondition(contracts, about, test.that, rule.id);
    case 'reference':
      return [...known(test.record), ...known(test.orIn)];
    case 'no_gap':
      return known(test.coveredBy);
    case 'check':
      return CHECKS.some((name) => name === test.check)
        ? []
        : [at(`no code carries out the check ${test.check}`)];
    case 'companion':
      return [
        ...known(test.of),
        ...test.anyOf.flatMap((row) => {
          const other = contracts.records.get(row.record);
          if (other === undefined) return [at(`there is no record ${row.record}`)];
          const joined = [
            ...test.by.filter((name) => name !== 'linked_person'),
            ...(row.to === undefined ? [] : [row.to]),
          ];
          return [
            ...checkCondition(contracts, other, row.where, rule.id),
            ...joined
              .filter((name) => resolveField(contracts, other, name) === undefined)
              .map((name) => at(`${other.name} has no field ${name}`)),
          ];
        }),
      ];
    case 'shape':
    case 'not_future':
    case 'unique':
    case 'range':
    case 'order':
    case 'within':
    case 'sum':
    case 'age':
    case 'no_overlap':
    case 'agree':
    case 'volume':
    case 'silence':
    case 'trend':
      return [];
  }
}

/** The fields of the row itself that a test reads. */
function fieldsOf(test: Test): readonly string[] {
  switch (test.kind) {
    case 'unique':
      return test.fields;
    case 'range':
      return [test.field];
    case 'order':
      return [test.earlier, test.later];
    case 'within':
      return [test.from, test.to];
    case 'sum':
      return [...test.parts, test.total];
    case 'age':
      return [test.at];
    case 'companion':
      return [...test.by, ...(test.from === undefined ? [] : [test.from])];
    case 'no_overlap':
    case 'no_gap':
      return [test.start, test.end, ...test.by];
    case 'agree':
      return [test.field, ...test.by];
    case 'shape':
    case 'not_future':
    case 'requires':
    case 'forbids':
    case 'reference':
    case 'volume':
    case 'silence':
    case 'trend':
    case 'check':
      return [];
  }
}
