import { ALL, type CandidateFigure } from './candidate.ts';
import type { Members } from './quantities.ts';

/**
 * The unit that is left out: all cells of one metric and period that are broken down in the same way. A margin is of a
 * coarser level than the cells that it sums, and stays when they go.
 */
export function levelOf({
  metric,
  period,
  dims,
}: Pick<CandidateFigure, 'metric' | 'period' | 'dims'>): string {
  return `${metric} ${brokenDownBy(dims).join('+')} ${period}`;
}

/** The dimensions of which a cell is one member. */
export function brokenDownBy(dims: Members): string[] {
  return Object.keys(dims)
    .filter((dimension) => dims[dimension] !== ALL)
    .toSorted();
}
