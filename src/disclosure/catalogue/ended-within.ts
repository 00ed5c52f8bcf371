import type { CandidateFigure } from './candidate.ts';
import type { DeclaredMetric } from './declared-metric.ts';
import { type Hierarchy, linesOf } from './lines.ts';
import { cellId, denominatorQuantity } from './quantities.ts';
import { type Ties, tiePart } from './ties.ts';

/**
 * A share that had ended within a time is a count as well, once it is multiplied by those who were followed: exactly, where
 * nobody was lost sight of before, and never less than the true one.
 */
export function endedWithin(
  { value, denominator }: Pick<CandidateFigure, 'value' | 'denominator'>,
  { statistic }: DeclaredMetric,
): number | undefined {
  if (statistic !== 'survival' || value === null || denominator === null) return undefined;
  return Math.floor(value * denominator + 1e-6);
}

export function endedQuantity({ id }: DeclaredMetric): string {
  return `${id}/within`;
}

/** Those who had ended in time are some of those followed, and of those who ended at all; their sums hold where they come out. */
export function tieEnded(
  figures: readonly CandidateFigure[],
  metric: DeclaredMetric,
  hierarchies: readonly Hierarchy[],
  ties: Ties,
): void {
  const quantity = endedQuantity(metric);
  const value = (id: string): number => ties.known(id)?.v ?? 0;
  const followed = figures.filter((figure) => endedWithin(figure, metric) !== undefined);
  for (const { period, dims } of followed) {
    const ended = cellId(quantity, period, dims);
    for (const whole of [metric.id, denominatorQuantity(metric)]) {
      const id = cellId(whole, period, dims);
      if (value(ended) <= value(id)) tiePart(ties, ended, id);
    }
  }
  for (const { total, parts } of linesOf(
    quantity,
    followed,
    hierarchies,
    (id) => ties.known(id) !== undefined,
  )) {
    const whole = ties.known(total)?.id ?? total;
    const own = parts.map((part) => ties.known(part)?.id ?? part);
    if (parts.reduce((so, part) => so + value(part), 0) === value(total))
      ties.eqs.set(`${whole} = ${own.join(' + ')}`, [whole, own]);
  }
}
