/** A table of a release as the door hands it out: already protected, hidden cells without any number. */
import type { Release } from './visit.ts';

export type CellStatus = 'shown' | 'hidden' | 'not_available' | 'provisional';

export interface ReleasedCell {
  /** Dimension → member; the member `all` is the margin. */
  readonly dims: Readonly<Record<string, string>>;
  readonly period: string;
  readonly value: number | null;
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly status: CellStatus;
  readonly footnotes: readonly string[];
}

export interface MetricSummary {
  readonly id: string;
  readonly version: number;
  readonly group: string;
  readonly title: string;
  readonly question: string;
  readonly unit: string;
  readonly statistic: string;
  readonly limits: string | undefined;
  /** Dimensions by which it is published, besides place and period. */
  readonly breakdowns: readonly string[];
  readonly periods: readonly string[];
}

export interface Member {
  readonly code: string;
  readonly label: string;
}

/** What can be asked for. */
export interface Catalogue {
  readonly metrics: readonly MetricSummary[];
  readonly places: readonly Member[];
}

export interface TableQuestion {
  readonly metric: string;
  /** A county, `all` for the state, or `each` for every county. */
  readonly place: string;
  /** One period, or `each` for all of them. */
  readonly period: string;
  /** A dimension, or nothing. */
  readonly by: string | undefined;
  /** The release that a permalink names; the current one otherwise. */
  readonly release: number | undefined;
}

export interface ReleasedTable {
  readonly metric: MetricSummary;
  readonly question: TableQuestion;
  /** The declared table that it was read from: its dimensions joined by '+', or all. */
  readonly tbl: string;
  /** What the asked place is called: a county, the state, or every county. */
  readonly placeLabel: string;
  /** Read from the twin of the reader's own county, and not for everybody. */
  readonly secure: boolean;
  readonly release: Release & { readonly newer: number | undefined };
  /** The members of the breakdown in their order, with labels. */
  readonly members: readonly Member[];
  readonly cells: readonly ReleasedCell[];
}
