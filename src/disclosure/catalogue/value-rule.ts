import { type GroupStatistics, refusedStatistics } from '../rules/reconstruction.ts';
import { ALL, placeKey } from './candidate.ts';
import { type DeclaredMetric, isOfValues } from './declared-metric.ts';
import type { PlacedFigure } from './linked-tables.ts';

/**
 * Medians, quantiles and their like that may not be published whatever becomes of the counts: of fewer than the
 * threshold, or of all but fewer than that, so that what was said of the others gives them back.
 */
export function refusedValues(
  placed: readonly PlacedFigure[],
  metrics: ReadonlyMap<string, DeclaredMetric>,
  threshold: number,
): Set<string> {
  const refused = new Set<string>();
  const values = placed.filter(({ figure }) => {
    const metric = metrics.get(figure.metric);
    return metric !== undefined && isOfValues(metric) && figure.numerator !== null;
  });
  for (const table of Map.groupBy(values, ({ figure }) => `${figure.metric} ${figure.tbl}`).values())
    for (const behind of ['numerator', 'denominator'] as const) {
      const groups = table.flatMap((one) => groupsOf(one, one.figure[behind]));
      for (const { group } of refusedStatistics(groups, threshold)) refused.add(group);
    }
  return refused;
}

/** A cell within each of its margins, by those whose time had ended or by all who were followed. */
function groupsOf({ figure }: PlacedFigure, n: number | null): GroupStatistics[] {
  if (n === null) return [];
  const group = placeKey(figure);
  const members = Object.entries(figure.dims);
  const margins = members
    .filter(([, member]) => member !== ALL)
    .map(([open]) => members.map(([key, member]) => `${key}=${key === open ? ALL : member}`).join('|'))
    .map((cell) => placeKey({ ...figure, cell }));
  return margins.length === 0 ? [{ group, n }] : margins.map((within) => ({ group, n, within }));
}
