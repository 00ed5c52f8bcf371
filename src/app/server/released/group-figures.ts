/** What a release holds of a group of metrics, in pictures where a table has one or two dimensions. */
import { isKnown } from '../../../../reports/charts/cell.ts';
import type { Group, Line, Picture } from '../../../../web/pictures.ts';
import type { MetricSummary } from '../../../../web/released-table.ts';
import {
  byMember,
  drawnCell,
  footnotesOf,
  inGroups,
  labelsOf,
  type Statewide,
  tableAddress,
  tableOf,
  tablesBy,
  totalOf,
} from './statewide.ts';

/** More bars than these are read in the table tool. */
const MOST_BARS = 24;

export function groupFigures(
  all: Statewide,
  groups: readonly string[],
  shownElsewhere: ReadonlySet<string> = new Set(),
): Group {
  const metrics = inGroups(all, groups);
  const published = new Set(metrics.map(({ id }) => id));
  const pictured = metrics.filter(({ id }) => !shownElsewhere.has(id));
  const oneWay = pictured.flatMap((metric) => tablesBy(all, metric, 1).map((tbl) => ({ metric, tbl })));
  return {
    period: all.period,
    lines: metrics.flatMap((metric) => lineOf(all, metric)),
    bars: oneWay
      .filter(({ metric }) => metric.statistic !== 'distribution')
      .map(({ metric, tbl }) => pictureOf(all, metric, tbl, byMember(all, metric, tbl)))
      .filter(({ data }) => data.length > 1 && data.length <= MOST_BARS),
    distributions: oneWay
      .filter(({ metric }) => metric.statistic === 'distribution')
      .map(({ metric, tbl }) =>
        pictureOf(all, metric, tbl, {
          axis: metric.unit,
          marks: [],
          bins: byMember(all, metric, tbl).map(({ label, cell }, at) => ({
            label,
            cell,
            from: at,
            to: at + 1,
          })),
        }),
      ),
    matrices: pictured.flatMap((metric) =>
      tablesBy(all, metric, 2).map((tbl) => pictureOf(all, metric, tbl, matrixOf(all, metric, tbl))),
    ),
    absent: [...all.contracts.metrics.values()]
      .filter(({ id, group }) => groups.includes(group) && !published.has(id))
      .map(({ id, title }) => ({ id, title })),
  };
}

function lineOf(all: Statewide, metric: MetricSummary): readonly Line[] {
  const cell = totalOf(all, metric);
  if (cell === undefined) return [];
  const { id, title, unit } = metric;
  return [{ title, metric: id, unit, cell, href: tableAddress(metric, all.period) }];
}

export function pictureOf<Data>(
  all: Statewide,
  metric: MetricSummary,
  tbl: string,
  data: Data,
): Picture<Data> {
  const title = `${metric.title}, ${all.period}`;
  return {
    id: `${metric.id}-${tbl.replaceAll(/\W/g, '-')}`,
    title: `${title} (${metric.unit.toLowerCase()})`,
    takeaway: takeawayOf(all, metric, tbl),
    metric: metric.title,
    version: metric.version,
    footnotes: footnotesOf(all, metric, tbl),
    data,
  };
}

/** In one plain sentence: which of what is shown is the most. */
function takeawayOf(all: Statewide, metric: MetricSummary, tbl: string): string {
  const labels = tbl.split('+').map((dimension) => [dimension, labelsOf(all, metric, dimension)] as const);
  const shown = tableOf(all, metric, tbl)
    .filter(({ dims }) => !Object.values(dims).includes('all'))
    .map((figure) => ({
      label: labels.map(([dimension, label]) => label(figure.dims[dimension] ?? '')).join(', '),
      cell: drawnCell(figure, metric),
    }))
    .flatMap(({ label, cell }) => (isKnown(cell) ? [{ label, value: cell.value }] : []))
    .toSorted((a, b) => b.value - a.value);
  const [first, second] = shown;
  const { title } = metric;
  if (first === undefined) return all.say('says.nothing', { title });
  if (second === undefined || second.value === first.value) return all.say('says.shown', { title });
  return all.say('says.most', { title, label: first.label });
}

function matrixOf(all: Statewide, metric: MetricSummary, tbl: string) {
  const [down = '', across = ''] = tbl.split('+');
  const figures = tableOf(all, metric, tbl);
  const members = (dimension: string): string[] =>
    [...new Set(figures.map(({ dims }) => dims[dimension] ?? 'all'))].filter((member) => member !== 'all');
  const [rowLabel, columnLabel] = [labelsOf(all, metric, down), labelsOf(all, metric, across)];
  const columns = members(across);
  const found = new Map(figures.map((figure) => [`${figure.dims[down]} ${figure.dims[across]}`, figure]));
  return {
    columns: columns.map(columnLabel),
    rows: members(down).map((row) => ({
      label: rowLabel(row),
      cells: columns.map((column) => {
        const figure = found.get(`${row} ${column}`);
        return figure === undefined ? ({ status: 'not_available' } as const) : drawnCell(figure, metric);
      }),
    })),
  };
}
