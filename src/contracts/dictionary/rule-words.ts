import type { Condition, Matcher } from '../condition.ts';
import type { Rule } from '../term-rule.ts';

const WHEN = {
  in_period: 'in the period',
  open_in_period: 'open in the period',
  before_period: 'before the period',
  ever: 'at any time',
  latest: 'the latest',
};

/** A term's rule as a sentence that an analyst can check against the contract. */
export function describeRule(rule: Rule, nameTerm: (term: string) => string = (term) => term): string {
  const bracketed = (inner: Rule): string => {
    const text = describeRule(inner, nameTerm);
    return inner.kind === 'all' || inner.kind === 'any' ? `(${text})` : text;
  };
  switch (rule.kind) {
    case 'all':
      return rule.rules.map(bracketed).join(' and ');
    case 'any':
      return rule.rules.map(bracketed).join(', or ');
    case 'not':
      return `not ${bracketed(rule.rule)}`;
    case 'term':
      return nameTerm(rule.term);
    case 'rows': {
      const many = rule.atLeast > 1 ? `at least ${rule.atLeast} rows of ` : 'a row of ';
      const stretch = rule.inDays === undefined ? '' : ` within ${rule.inDays} days`;
      const placed = rule.on === undefined ? '' : ` by \`${rule.on}\``;
      return `${many}\`${rule.record}\`${describeCondition(rule.where)}${stretch}, ${WHEN[rule.when]}${placed}`;
    }
    case 'overlap':
      return `${bracketed(rule.first)} while ${bracketed(rule.second)}`;
    case 'follows': {
      const stretch = rule.withinDays === undefined ? 'later' : `within ${rule.withinDays} days`;
      return `${bracketed(rule.first)}, and ${stretch} ${bracketed(rule.second)}`;
    }
    case 'age':
      if (rule.min === undefined) return `aged ${rule.max ?? ''} or younger`;
      return rule.max === undefined ? `aged ${rule.min} or older` : `aged ${rule.min} to ${rule.max}`;
    case 'share': {
      const base =
        rule.wholeAtLeast === undefined ? '' : `, where the whole is at least ${rule.wholeAtLeast}`;
      return `in \`${rule.record}\`, ${rule.parts.join(' + ')} is at least ${rule.atLeast} of ${rule.whole.join(' + ')}${base}`;
    }
  }
}

function describeCondition(condition: Condition | undefined): string {
  const parts = Object.entries(condition?.fields ?? {}).map(
    ([field, matcher]) => `\`${field}\` ${describeMatcher(matcher)}`,
  );
  return parts.length === 0 ? '' : ` where ${parts.join(' and ')}`;
}

function describeMatcher(matcher: Matcher): string {
  const said: string[] = [];
  if (matcher.in !== undefined) said.push(`is ${matcher.in.map(String).join(' or ')}`);
  if (matcher.notIn !== undefined) said.push(`is not ${matcher.notIn.map(String).join(' or ')}`);
  if (matcher.under !== undefined) said.push(`is at or below ${matcher.under.join(' or ')}`);
  if (matcher.present !== undefined) said.push(matcher.present ? 'is given' : 'is empty');
  if (matcher.min !== undefined) said.push(`is at least ${matcher.min}`);
  if (matcher.max !== undefined) said.push(`is at most ${matcher.max}`);
  return said.join(' and ');
}
