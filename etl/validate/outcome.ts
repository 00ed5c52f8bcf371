import type { Severity } from '../../src/contracts/quality-rule.ts';

/** One reason why a row was left out. It says where, never what stood there. */
export interface Reject {
  readonly line: number;
  /** The agency's own key of the row, where it is a well-formed pseudonym. */
  readonly recordId: string | undefined;
  readonly rule: string;
  readonly column: string | undefined;
}

/** A rule that an accepted row breaks: the row stays, and somebody is told. */
export interface Finding {
  readonly line: number;
  readonly recordId: string | undefined;
  readonly rule: string;
  readonly severity: Severity;
}

/** What one batch came to. A row that breaks several rules has several rejects. */
export interface BatchOutcome {
  readonly rows: number;
  readonly accepted: number;
  readonly rejects: readonly Reject[];
  readonly findings: readonly Finding[];
}

export interface RuleCount {
  readonly severity: Severity;
  rows: number;
}

/** How many rows of a file that were kept out its sender is shown at once; all of them are kept. */
export const FIRST_REJECTS = 20;

/** What a file has come to so far. Maps by column hold only columns where there was something to count. */
export interface Tally {
  rows: number;
  accepted: number;
  rejected: number;
  /** Rows that withdraw an earlier one, rejected ones among them. */
  deletes: number;
  /** Rows that break a rule, by its id. */
  readonly rules: Map<string, RuleCount>;
  /** The first rejects of the file, so that its sender need not search it for them. */
  readonly first: Reject[];
  /** Codes that are neither shared nor mapped. */
  readonly unmapped: Map<string, number>;
  /** Codes that a broader one stands for, since they are never held about one young person. */
  readonly rolledUp: Map<string, number>;
  /** Codes that are never held about one young person and have no broader one; their rows were rejected. */
  readonly refused: Map<string, number>;
}

export function emptyTally(): Tally {
  return {
    rows: 0,
    accepted: 0,
    rejected: 0,
    deletes: 0,
    rules: new Map(),
    first: [],
    unmapped: new Map(),
    rolledUp: new Map(),
    refused: new Map(),
  };
}

export function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
