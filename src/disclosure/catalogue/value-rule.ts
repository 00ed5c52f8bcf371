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
    for (const { group } of refusedStatistics(table.flatMap(groupsOf), threshold)) refused.add(group);
  return refused;
}

/** A cell within each of its margins. */
function groupsOf({ figure }: PlacedFigure): GroupStatistics[] {
  const group = placeKey(figure);
  const n = figure.numerator ?? 0;
  const members = Object.entries(figure.dims);
  const margins = members
    .filter(([, member]) => member !== ALL)
    .map(([open]) => members.map(([key, member]) => `${key}=${key === open ? ALL : member}`).join('|'))
    .map((cell) => placeKey({ ...figure, cell }));
  return margins.length === 0 ? [{ group, n }] : margins.map((within) => ({ group, n, within }));
}
