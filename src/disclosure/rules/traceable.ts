import { Refused } from '../../errors.ts';
import { placeKey } from '../catalogue/candidate.ts';
import { type DeclaredMetric, isShare } from '../catalogue/declared-metric.ts';
import type { ReleaseFigure } from '../release/release-figures.ts';

/** Below it a percentage moves by more than three points with one more or one less. */
const FEW = 30;
const OF_FEW = `A percentage of fewer than ${FEW}: one more or one less would change it much.`;

type Metrics = ReadonlyMap<string, DeclaredMetric>;

/** Says beside each percentage of few that it is one. What is coded instead of shown has no number to be sure of. */
export function markFew(figures: readonly ReleaseFigure[], metrics: Metrics): ReleaseFigure[] {
  return figures.map((figure) =>
    isOfFew(figure, metrics) ? { ...figure, footnotes: [...figure.footnotes, OF_FEW] } : figure,
  );
}

/**
 * Quality rule Q603: a figure that cannot be traced is in no release. It needs its definition and version, a period, and
 * where it is a share or a rate its denominator; a percentage of few says so.
 */
export function refuseUntraceable(
  figures: readonly ReleaseFigure[],
  metrics: Metrics,
  definitions: Readonly<Record<string, number>>,
): void {
  for (const figure of figures) {
    const lacks = whatItLacks(figure, metrics, definitions);
    if (lacks !== undefined)
      throw new Refused('FIGURE_NOT_TRACEABLE', `rule Q603: the figure ${placeKey(figure)} has no ${lacks}`, {
        remedy: 'complete the metric or its definition and measure again',
      });
  }
}

function whatItLacks(
  figure: ReleaseFigure,
  metrics: Metrics,
  definitions: Readonly<Record<string, number>>,
): string | undefined {
  const metric = metrics.get(figure.metric);
  if (metric === undefined) return 'definition';
  if (definitions[figure.metric] !== figure.version) return 'version of its definition';
  if (figure.period === '') return 'period';
  if (figure.value === null) return undefined;
  if ((isShare(metric) || metric.statistic === 'rate') && figure.denominator === null) return 'denominator';
  if (isOfFew(figure, metrics) && !figure.footnotes.includes(OF_FEW)) return 'word that it is of few';
  return undefined;
}

function isOfFew({ metric, value, denominator }: ReleaseFigure, metrics: Metrics): boolean {
  const declared = metrics.get(metric);
  return (
    declared !== undefined && isShare(declared) && value !== null && denominator !== null && denominator < FEW
  );
}
