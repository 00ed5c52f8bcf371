/** What a night made: figures as counted, before anything is protected. Only the publisher reads them. */
export interface Candidate {
  readonly id: string;
  /** The day as of which the facts were known. */
  readonly knownOn: string;
  readonly factsHash: string;
  readonly linkageVersion: string;
  readonly codeVersion: string;
  readonly definitions: Readonly<Record<string, number>>;
  readonly figures: readonly CandidateFigure[];
}

/** Where a figure stands: metric, table, period and cell. */
export interface Place {
  readonly metric: string;
  readonly tbl: string;
  readonly period: string;
  readonly cell: string;
}

export interface CandidateFigure extends Place {
  readonly version: number;
  /** The member of each dimension of the table; `all` on a margin. */
  readonly dims: Readonly<Record<string, string>>;
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly value: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly status: 'counted' | 'provisional' | 'not_available';
  readonly reason: string | null;
}

export const ALL = 'all';

export function placeKey({ metric, tbl, period, cell }: Place): string {
  return `${metric} ${tbl} ${period} ${cell}`;
}
