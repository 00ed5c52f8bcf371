import type { Cell } from '../table.ts';
import type { CandidateFigure } from './candidate.ts';
import type { DeclaredMetric } from './declared-metric.ts';
import { cellId } from './quantities.ts';
import type { Ties } from './ties.ts';

/** The last digit of an estimate's limits is rounded away. */
const ROUNDED_AWAY = 9;

/**
 * Whoever was counted is among those whom an estimate holds, so that every reader knows of the count that it is at most
 * the lower limit that is published. Where the count is hidden, that bounds it in the audit.
 */
export function tieEstimate(
  { metric: id, period, dims, lower }: CandidateFigure,
  metrics: ReadonlyMap<string, DeclaredMetric>,
  cells: Map<string, Cell>,
  ties: Ties,
): void {
  const metric = metrics.get(id);
  const counted = metric?.statistic === 'estimate' ? metric.denominatorOf?.metric : undefined;
  const seen = counted === undefined ? undefined : cells.get(cellId(counted, period, dims));
  if (lower === null || seen === undefined || seen.v > lower + ROUNDED_AWAY) return;
  const most = `${cellId(id, period, dims)} at least`;
  cells.set(most, { ...seen, id: most, v: lower + ROUNDED_AWAY, fixed: true, withheld: false, weight: 1 });
  ties.atMost.set(`${seen.id} ≤ ${most}`, [[seen.id], [most]]);
}
