/** What a delivery came to, as its sender is told: counts by file and rule, never a value. */
import type { Tally } from './validate/outcome.ts';

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
  readonly rules: readonly RuleLine[];
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
    rules: [...tally.rules]
      .map(([rule, { severity, rows }]) => ({ rule, severity, count: rows }))
      .toSorted((a, b) => a.rule.localeCompare(b.rule, 'en')),
  };
}

/** Rows that were accepted when they were read and turned away when they met the stored ones. */
export function withLaterRejects(report: FileReport, rule: string, count: number): FileReport {
  if (count === 0) return report;
  const rules = new Map(report.rules.map((line) => [line.rule, line]));
  const before = rules.get(rule)?.count ?? 0;
  rules.set(rule, { rule, severity: 'reject_row', count: before + count });
  return {
    ...report,
    accepted: report.accepted - count,
    rejected: report.rejected + count,
    rules: [...rules.values()].toSorted((a, b) => a.rule.localeCompare(b.rule, 'en')),
  };
}
