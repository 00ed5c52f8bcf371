/** An edition of a report: one county's or the state's, for a year, numbered, and where it stands. */
import type { RegisterEntry } from '../register/entries.ts';

export const REPORT_KINDS = ['annual', 'pack', 'brief'] as const;
export type ReportKind = (typeof REPORT_KINDS)[number];

/** What parties write for a report, by its kind in the register. */
export const TEXT_KINDS = ['practice', 'strategy', 'barrier', 'chapter'] as const;
export type TextKind = (typeof TEXT_KINDS)[number];

export type EditionState = 'draft' | 'review' | 'published';

/** What an edition is of. */
export interface Subject {
  readonly report: ReportKind;
  /** A FIPS code, or `state`. */
  readonly county: string;
  /** A year such as 2025; of a pack also a quarter, such as 2025-Q3. */
  readonly year: string;
}

export function isPeriodOf(report: ReportKind, period: string): boolean {
  return (report === 'pack' ? /^20\d{2}(-Q[1-4])?$/ : /^20\d{2}$/).test(period);
}

export interface ReportEdition extends Subject {
  readonly id: string;
  readonly number: number;
  readonly release: number;
  /** As the release stands now: one that was withdrawn says so on every list. */
  readonly releaseState: string;
  readonly state: EditionState;
  readonly because: string | null;
  readonly openedAt: Date;
  readonly publishedAt: Date | null;
}

export const STEPS = [
  'opened',
  'moved',
  'submitted',
  'made',
  'commented',
  'returned',
  'approved',
  'published',
] as const;

export interface Step {
  readonly step: (typeof STEPS)[number];
  /** Null for what the hub did by itself. */
  readonly person: string | null;
  readonly name: string | null;
  readonly words: string | null;
  readonly at: Date;
}

export interface ReportFile {
  readonly language: 'en' | 'es';
  readonly format: string;
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** A figure as an edition tells it, kept for the list of errata of the next. */
export interface Told {
  readonly address: string;
  readonly part: string;
  readonly value: number | null;
  readonly text: string;
}

/** What was frozen when the edition was put to review. */
export interface Frozen {
  readonly register: readonly RegisterEntry[];
  readonly told: readonly Told[];
}
