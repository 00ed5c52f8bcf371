/** The statewide figures of a release's newest period, laid out by metric and table. */
import type { Cell } from '../../../../reports/charts/cell.ts';
import type { Say } from '../../../../web/messages/messages.ts';
import { cellOf as drawn } from '../../../../web/pages/tables/rows.ts';
import type { Catalogue, MetricSummary } from '../../../../web/released-table.ts';
import type { Contracts } from '../../../contracts/contracts.ts';
import type { ReleaseFigure } from '../../../disclosure/release/release-figures.ts';
import { membersOf, spoken } from './release-catalogue.ts';
import { cellOf } from './release-view.ts';

export interface Statewide {
  readonly contracts: Contracts;
  readonly catalogue: Catalogue;
  readonly say: Say;
  readonly period: string;
  readonly before: string | undefined;
  readonly figures: readonly ReleaseFigure[];
}

/** Whole years where there are any; a release of one quarter has that quarter. */
export function newestPeriods(catalogue: Catalogue): { period: string; before: string | undefined } {
  const all = [...new Set(catalogue.metrics.flatMap(({ periods }) => periods))];
  const years = all.filter((period) => /^\d{4}$/.test(period));
  const single = years.length > 0 ? years : all.filter((period) => /^\d{4}-Q\d$/.test(period));
  const sorted = (single.length > 0 ? single : all).toSorted();
  return { period: sorted.at(-1) ?? '', before: sorted.at(-2) };
}

/** Metrics of some groups of the contracts, in the order in which they are declared. */
export function inGroups(
  { catalogue, contracts }: Statewide,
  groups: readonly string[],
): readonly MetricSummary[] {
  const order = [...contracts.metrics.keys()];
  return catalogue.metrics
    .filter(({ id }) => groups.includes(contracts.metrics.get(id)?.group ?? ''))
    .toSorted((a, b) => order.indexOf(a.id) - order.indexOf(b.id));
}

export function tableOf(
  { figures, period }: Statewide,
  metric: MetricSummary,
  tbl: string,
): readonly ReleaseFigure[] {
  return figures.filter((one) => one.metric === metric.id && one.tbl === tbl && one.period === period);
}

/** Tables of a metric that have these many dimensions besides the county, each once. */
export function tablesBy(all: Statewide, metric: MetricSummary, dimensions: number): readonly string[] {
  const names = all.figures.filter((one) => one.metric === metric.id).map(({ tbl }) => tbl);
  return [...new Set(names)].filter(
    (tbl) => tbl !== 'all' && !tbl.split('+').includes('county') && tbl.split('+').length === dimensions,
  );
}

/** The whole state in one number: of the table without dimensions, or the margin of another. */
export function totalOf(all: Statewide, metric: MetricSummary, period = all.period): Cell | undefined {
  const own = all.figures.filter(
    (one) =>
      one.metric === metric.id &&
      one.period === period &&
      Object.values(one.dims).every((member) => member === 'all'),
  );
  const figure = own.find(({ tbl }) => tbl === 'all') ?? own[0];
  return figure === undefined ? undefined : drawnCell(figure, metric);
}

export function drawnCell(figure: ReleaseFigure, metric: MetricSummary): Cell {
  return drawn(cellOf(figure, metric.statistic));
}

export function labelsOf(
  { contracts }: Statewide,
  metric: MetricSummary,
  dimension: string,
): (member: string) => string {
  const list = contracts.metrics.get(metric.id)?.dimensions.get(dimension) ?? dimension;
  const known = new Map(membersOf(contracts, list).map(({ code, label }) => [code, label]));
  return (member) => known.get(member) ?? spoken(member);
}

/** Members in the order of their code list, never of their size; the margin is left out. */
export function byMember(
  all: Statewide,
  metric: MetricSummary,
  tbl: string,
): readonly { readonly member: string; readonly label: string; readonly cell: Cell }[] {
  const label = labelsOf(all, metric, tbl);
  const list = all.contracts.metrics.get(metric.id)?.dimensions.get(tbl) ?? tbl;
  const order = membersOf(all.contracts, list).map(({ code }) => code);
  const place = (member: string): number => (order.includes(member) ? order.indexOf(member) : order.length);
  return tableOf(all, metric, tbl)
    .map((figure) => ({ member: figure.dims[tbl] ?? 'all', figure }))
    .filter(({ member }) => member !== 'all')
    .toSorted((a, b) => place(a.member) - place(b.member))
    .map(({ member, figure }) => ({ member, label: label(member), cell: drawnCell(figure, metric) }));
}

export function footnotesOf(all: Statewide, metric: MetricSummary, tbl: string): readonly string[] {
  return [...new Set(tableOf(all, metric, tbl).flatMap(({ footnotes }) => footnotes))];
}

export function tableAddress(metric: MetricSummary, period: string, by?: string): string {
  const query = new URLSearchParams({ metric: metric.id, place: 'all', period });
  if (by !== undefined) query.set('by', by);
  return `/tables?${query}`;
}
