/** What a delivery came to, as its sender is told: counts by file and rule, never a value. */
import type { LateRules } from './load/remember.ts';
import { FIRST_REJECTS, type Tally } from './validate/outcome.ts';

export interface RuleLine {
  readonly rule: string;
  readonly severity: string;
  readonly count: number;
}

export interface FileReport {
  readonly file: string;
  readonly record: string;
  readonly rows: number;
  readonly accepted: number;
  readonly rejected: number;
  /** Rows that wait for another, such as that of their young person. */
  readonly quarantined: number;
  readonly rules: readonly RuleLine[];
  /** Where the first rows stand that were rejected, or that wait; absent if there are none. */
  readonly first?: readonly RejectedAt[];
}

export interface RejectedAt {
  readonly line: number;
  readonly rule: string;
  readonly field: string | null;
}

export interface IntakeReport {
  readonly outcome: 'loaded' | 'refused' | 'unchanged';
  readonly delivery: string | null;
  readonly files: readonly FileReport[];
  /** Why a delivery was refused; absent otherwise. */
  readonly reason?: { readonly code: string; readonly message: string; readonly remedy: string | null };
}

export function fileReport(file: string, record: string, tally: Tally): FileReport {
  return {
    file,
    record,
    rows: tally.rows,
    accepted: tally.accepted,
    rejected: tally.rejected,
    quarantined: 0,
    rules: [...tally.rules]
      .map(([rule, { severity, rows }]) => ({ rule, severity, count: rows }))
      .toSorted((a, b) => a.rule.localeCompare(b.rule, 'en')),
    ...(tally.first.length > 0 && {
      first: tally.first.map(({ line, rule, column }) => ({ line, rule, field: column ?? null })),
    }),
  };
}

/** Rows that were accepted when they were read, and rejected or kept waiting when they met the others. */
export function withLater(
  report: FileReport,
  rejected: LateRules = new Map(),
  quarantined: LateRules = new Map(),
): FileReport {
  const rules = new Map(report.rules.map((line) => [line.rule, line]));
  const first = [...(report.first ?? [])];
  const add = (late: LateRules, severity: string): number => {
    for (const [rule, { count, first: lines }] of late) {
      rules.set(rule, { rule, severity, count: (rules.get(rule)?.count ?? 0) + count });
      first.push(...lines.map((line) => ({ line, rule, field: null })));
    }
    return [...late.values()].reduce((sum, { count }) => sum + count, 0);
  };
  const away = add(rejected, 'reject_row');
  const waiting = add(quarantined, 'quarantine');
  return {
    ...report,
    accepted: report.accepted - away - waiting,
    rejected: report.rejected + away,
    quarantined: report.quarantined + waiting,
    rules: [...rules.values()].toSorted((a, b) => a.rule.localeCompare(b.rule, 'en')),
    ...(first.length > 0 && {
      first: first.toSorted((a, b) => a.line - b.line).slice(0, FIRST_REJECTS),
    }),
  };
}
