import type { Moment } from '../clock.ts';
import type { Contracts } from '../contracts.ts';
import { type Problem, problem } from '../problem.ts';
import type { RecordType } from '../record.ts';
import type { Rule } from '../term-rule.ts';
import { checkCondition, resolveField } from './conditions.ts';

/** Rules of terms and moments of clocks speak of records, fields and codes that exist, and never in a circle. */
export function checkTermsAndClocks(contracts: Contracts): Problem[] {
  const terms = [...contracts.terms.values()].flatMap((term) =>
    [
      [...term.versions, ...term.local].flatMap((version) =>
        version.rule === undefined ? [] : checkRule(contracts, version.rule, term.name),
      ),
      term.local
        .filter((local) => !isCounty(contracts, local.county))
        .map((local) => problem('REFERENCE', local.place, `${term.name}: ${local.county} is no county`)),
      reaches(contracts, term.name, term.name, new Set())
        ? [problem('REFERENCE', term.place, `the rule of ${term.name} leads back to itself`)]
        : [],
    ].flat(),
  );
  const clocks = [...contracts.clocks.values()].flatMap((clock) =>
    [
      checkMoment(contracts, clock.start, clock.name),
      checkMoment(contracts, clock.stop, clock.name),
      clock.counties
        .filter((county) => !isCounty(contracts, county.county))
        .map((county) => problem('REFERENCE', county.place, `${clock.name}: ${county.county} is no county`)),
    ].flat(),
  );
  return [...terms, ...clocks];
}

function checkRule(contracts: Contracts, rule: Rule, term: string): Problem[] {
  switch (rule.kind) {
    case 'all':
    case 'any':
      if (rule.rules.length === 0) return [problem('SHAPE', rule.place, `${term}: ${rule.kind} of nothing`)];
      return rule.rules.flatMap((inner) => checkRule(contracts, inner, term));
    case 'not':
      return checkRule(contracts, rule.rule, term);
    case 'term':
      if (contracts.terms.has(rule.term)) return [];
      return [problem('REFERENCE', rule.place, `${term}: there is no term ${rule.term}`)];
    case 'overlap':
    case 'follows':
      return [...checkRule(contracts, rule.first, term), ...checkRule(contracts, rule.second, term)];
    case 'age':
      return [];
    case 'rows':
    case 'share': {
      const record = contracts.records.get(rule.record);
      if (record === undefined)
        return [problem('REFERENCE', rule.place, `${term}: there is no record ${rule.record}`)];
      const placed = rule.kind === 'rows' ? rule.on : undefined;
      const summed = rule.kind === 'share' ? [...rule.parts, ...rule.whole] : [];
      return [
        ...checkCondition(contracts, record, rule.where, term),
        ...(placed === undefined || isDated(contracts, record, placed)
          ? []
          : [problem('REFERENCE', rule.place, `${term}: ${record.name}.${placed} is no date of it`)]),
        ...summed
          .filter((name) => resolveField(contracts, record, name) === undefined)
          .map((name) => problem('REFERENCE', rule.place, `${term}: ${record.name} has no field ${name}`)),
      ];
    }
  }
}

function checkMoment(contracts: Contracts, moment: Moment, clock: string): Problem[] {
  const record = contracts.records.get(moment.record);
  if (record === undefined)
    return [problem('REFERENCE', moment.place, `${clock}: there is no record ${moment.record}`)];
  return [
    ...(isDated(contracts, record, moment.field)
      ? []
      : [problem('REFERENCE', moment.place, `${clock}: ${record.name}.${moment.field} is no date of it`)]),
    ...checkCondition(contracts, record, moment.where, clock),
  ];
}

function isDated(contracts: Contracts, record: RecordType, name: string): boolean {
  const field = resolveField(contracts, record, name);
  return field?.type === 'date' || field?.type === 'datetime';
}

function reaches(contracts: Contracts, from: string, to: string, seen: Set<string>): boolean {
  const term = contracts.terms.get(from);
  const named = [...(term?.versions ?? []), ...(term?.local ?? [])].flatMap((version) =>
    termsIn(version.rule),
  );
  return named.some((name) => {
    if (name === to) return true;
    if (seen.has(name)) return false;
    seen.add(name);
    return reaches(contracts, name, to, seen);
  });
}

function termsIn(rule: Rule | undefined): string[] {
  switch (rule?.kind) {
    case 'term':
      return [rule.term];
    case 'all':
    case 'any':
      return rule.rules.flatMap(termsIn);
    case 'not':
      return termsIn(rule.rule);
    case 'overlap':
    case 'follows':
      return [...termsIn(rule.first), ...termsIn(rule.second)];
    case 'rows':
    case 'share':
    case 'age':
    case undefined:
      return [];
  }
}

function isCounty(contracts: Contracts, code: string): boolean {
  return contracts.codeLists.get('ca_counties')?.codes.some((county) => county.code === code) ?? false;
}
