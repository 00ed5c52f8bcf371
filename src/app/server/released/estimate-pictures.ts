/** The estimate that a release holds with what it leans on, in pictures; or why there is none, in the release's words. */
import { type Cell, isKnown } from '../../../../reports/charts/cell.ts';
import type { Picture, Pictures } from '../../../../web/pictures.ts';
import type { MetricSummary } from '../../../../web/released-table.ts';
import { pictureOf } from './group-figures.ts';
import { byMember, type Statewide, tableOf, totalOf } from './statewide.ts';

export function estimatePictures(all: Statewide): Pictures['prevalence'] {
  const { say } = all;
  const metric = named(all, 'prevalence');
  const [figure] = metric === undefined ? [] : tableOf(all, metric, 'all');
  const whole = metric === undefined ? undefined : totalOf(all, metric);
  if (metric === undefined || figure === undefined || whole === undefined || !isKnown(whole))
    return { refused: sentence(figure?.footnotes ?? []) ?? say('prevalence.not_released') };
  const methods = members(all, 'prevalence_by_method', 'method');
  const identified = named(all, 'identified');
  const seen = identified === undefined ? undefined : totalOf(all, identified);
  return {
    comparison: told(all, 'prevalence_by_method', 'method', metric, 'prevalence.takeaway', {
      estimates: [{ label: say('prevalence.hub'), cell: whole, kind: 1 }, ...methods],
      ...(seen !== undefined && isKnown(seen)
        ? { reference: { at: seen.value, label: say('prevalence.identified', { n: seen.value }) } }
        : {}),
    }),
    assumption: curveOf(all, metric),
    leaveOneOut: withoutEach(all, metric, whole),
  };
}

function curveOf(all: Statewide, metric: MetricSummary): Picture<CurveData> | undefined {
  const { say } = all;
  const points = members(all, 'prevalence_by_odds_ratio', 'odds_ratio').flatMap(({ member, cell }) =>
    isKnown(cell)
      ? [
          {
            x: Number(member),
            y: cell.value,
            lower: cell.lower ?? cell.value,
            upper: cell.upper ?? cell.value,
          },
        ]
      : [],
  );
  if (points.length < 2) return undefined;
  return told(all, 'prevalence_by_odds_ratio', 'odds_ratio', metric, 'prevalence.assumption', {
    xAxis: say('prevalence.odds_ratio'),
    yAxis: say('prevalence.estimate'),
    log: true,
    points,
    marks: points.filter(({ x }) => x === 1).map(({ x, y }) => ({ x, y, label: say('prevalence.assumed') })),
  });
}

function withoutEach(
  all: Statewide,
  metric: MetricSummary,
  whole: Cell,
): Picture<ComparisonData> | undefined {
  const { say } = all;
  const without = members(all, 'prevalence_without_system', 'without');
  if (without.length === 0) return undefined;
  return told(all, 'prevalence_without_system', 'without', metric, 'prevalence.one_system', {
    estimates: [
      { label: say('prevalence.hub'), cell: whole, kind: 1 },
      ...without.map(({ label, cell }) => ({ label: say('prevalence.without', { system: label }), cell })),
    ],
  });
}

type Shown = Exclude<Pictures['prevalence'], { readonly refused: string }>;
type ComparisonData = Shown['comparison']['data'];
type CurveData = NonNullable<Shown['assumption']>['data'];

/** The picture of one table, with a sentence that says what to look for rather than which is the most. */
function told<Data>(
  all: Statewide,
  id: string,
  tbl: string,
  otherwise: MetricSummary,
  takeaway: 'prevalence.takeaway' | 'prevalence.assumption' | 'prevalence.one_system',
  data: Data,
): Picture<Data> {
  return { ...pictureOf(all, named(all, id) ?? otherwise, tbl, data), takeaway: all.say(takeaway) };
}

function members(all: Statewide, id: string, tbl: string) {
  const metric = named(all, id);
  return metric === undefined ? [] : byMember(all, metric, tbl);
}

function named({ catalogue }: Statewide, id: string): MetricSummary | undefined {
  return catalogue.metrics.find((metric) => metric.id === id);
}

function sentence([first]: readonly string[]): string | undefined {
  return first === undefined ? undefined : `${first.charAt(0).toLocaleUpperCase()}${first.slice(1)}.`;
}
