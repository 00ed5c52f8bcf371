import { ALL, type CandidateFigure } from './candidate.ts';
import type { DeclaredMetric } from './declared-metric.ts';
import { brokenDownBy } from './level.ts';
import { cellId, denominatorQuantity } from './quantities.ts';
import { type Ties, tiePart } from './ties.ts';

/**
 * What is counted above the line is a part of what is counted below it. Where young people are in one cell each, those of a
 * cell who are not in its part are among those of its margin who are not.
 */
export function tieShares(figures: readonly CandidateFigure[], metric: DeclaredMetric, ties: Ties): void {
  const rests = new Map<string, string>();
  for (const { period, dims, numerator, denominator } of figures) {
    if (numerator === null || denominator === null) continue;
    const part = cellId(metric.id, period, dims);
    const rest = tiePart(ties, part, cellId(denominatorQuantity(metric), period, dims));
    if (rest !== undefined) rests.set(part, rest);
  }
  if (!metric.additive) return;
  for (const { period, dims } of figures)
    for (const dimension of brokenDownBy(dims)) {
      const rest = rests.get(cellId(metric.id, period, dims));
      const wider = rests.get(cellId(metric.id, period, { ...dims, [dimension]: ALL }));
      if (rest !== undefined && wider !== undefined && rest !== wider)
        ties.atMost.set(`${rest} ≤ ${wider}`, [[rest], [wider]]);
    }
}
