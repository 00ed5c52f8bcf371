import type { Matcher } from '../condition.ts';
import type { Contracts } from '../contracts.ts';
import { type Problem, problem } from '../problem.ts';
import type { Rule } from '../term-rule.ts';

/**
 * Quality rule Q304: codes that say that somebody was once exploited, for labor or sexually, are no word on exploitation
 * now. No term takes a diagnosis row with one of them, but for what lay before the period.
 */
export function checkHistoryCodes(contracts: Contracts): Problem[] {
  const history = (contracts.codeLists.get('icd10cm')?.codes ?? [])
    .filter(({ attributes }) => attributes['class'] === 'history_mixed')
    .map(({ code }) => code);
  return [...contracts.terms.values()].flatMap((term) =>
    [...term.versions, ...term.local].flatMap(({ rule }) =>
      rowsIn(rule)
        .filter(({ record, when }) => record === 'hl_diagnosis' && when !== 'before_period')
        .flatMap(({ where, place }) =>
          history
            .filter((code) => admits(where?.fields['icd10'], code))
            .map((code) =>
              problem('HISTORY', place, `${term.name} counts ${code}, which is history, as current`),
            ),
        ),
    ),
  );
}

type Rows = Extract<Rule, { kind: 'rows' | 'share' }> & { readonly when?: string };

function rowsIn(rule: Rule | undefined): Rows[] {
  switch (rule?.kind) {
    case 'rows':
    case 'share':
      return [rule];
    case 'all':
    case 'any':
      return rule.rules.flatMap(rowsIn);
    case 'not':
      return rowsIn(rule.rule);
    case 'overlap':
    case 'follows':
      return [...rowsIn(rule.first), ...rowsIn(rule.second)];
    case 'term':
    case 'age':
    case undefined:
      return [];
  }
}

function admits(matcher: Matcher | undefined, code: string): boolean {
  if (matcher === undefined) return true;
  const { in: some, notIn, under, present } = matcher;
  return (
    (some === undefined || some.includes(code)) &&
    notIn?.includes(code) !== true &&
    (under === undefined || under.some((stem) => code.startsWith(stem))) &&
    present !== false
  );
}
