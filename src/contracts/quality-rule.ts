import type { Entry } from './entry.ts';
import type { Place } from './problem.ts';
import { readTest, type Test } from './quality-test.ts';

export const SEVERITIES = [
  'reject_delivery',
  'reject_row',
  'quarantine',
  'compliance',
  'alert',
  'warn',
  'info',
  'block_publish',
] as const;
export type Severity = (typeof SEVERITIES)[number];

export const RULE_KINDS = [
  'format',
  'referential',
  'privacy',
  'temporal',
  'unique',
  'cross',
  'volume',
  'semantic',
  'arithmetic',
  'compliance',
] as const;
export type RuleKind = (typeof RULE_KINDS)[number];

/** What must be at hand to judge: the row, its delivery, what is stored, linked young people, or a release. */
export const SCOPES = ['row', 'delivery', 'stored', 'linked', 'release'] as const;
export type Scope = (typeof SCOPES)[number];

export interface QualityRule {
  readonly id: string;
  /** A record type; `*` for every one; `report` for what is published. */
  readonly record: string;
  readonly kind: RuleKind;
  readonly severity: Severity;
  readonly scope: Scope;
  readonly words: string;
  /** What the agency does about it. */
  readonly remedy: string;
  /** A row breaks the rule when it fails any of these. */
  readonly tests: readonly Test[];
  /** Rests on a limit that nobody has confirmed yet. */
  readonly unverified: string | undefined;
  readonly place: Place;
}

export function readQualityRules(file: Entry): QualityRule[] {
  return file
    .only('about', 'rules')
    .list('rules')
    .map((entry) => {
      entry.only('id', 'record', 'kind', 'severity', 'scope', 'words', 'remedy', 'tests', 'unverified');
      const unverified = entry.optionalText('unverified');
      return {
        id: entry.text('id'),
        record: entry.text('record'),
        kind: entry.choice('kind', RULE_KINDS),
        severity: entry.choice('severity', SEVERITIES),
        scope: entry.choice('scope', SCOPES),
        words: entry.text('words'),
        remedy: entry.text('remedy'),
        tests: entry.list('tests').map(readTest),
        unverified,
        place: entry.place,
      };
    });
}
