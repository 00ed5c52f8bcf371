/** What a release holds, with the words that the contracts have for it. */
import type { Catalogue, Member, MetricSummary } from '../../../../web/released-table.ts';
import type { Contracts } from '../../../contracts/contracts.ts';
import type { Metric } from '../../../contracts/metric.ts';
import type { PublishedTable } from '../../../disclosure/published-tables.ts';

/** A metric that the contracts know no more has its id for a title, and keeps its figures. */
export function catalogueOf(contracts: Contracts, tables: readonly PublishedTable[]): Catalogue {
  const byMetric = Map.groupBy(tables, ({ metric }) => metric);
  const order = [...contracts.metrics.keys()];
  return {
    metrics: [...byMetric]
      .map(([id, own]) => summaryOf(id, contracts.metrics.get(id), own))
      .toSorted((a, b) => a.group.localeCompare(b.group) || order.indexOf(a.id) - order.indexOf(b.id)),
    places: membersOf(contracts, 'ca_counties'),
  };
}

export function membersOf(contracts: Contracts, list: string): readonly Member[] {
  return (contracts.codeLists.get(list)?.codes ?? []).map(({ code, label }) => ({ code, label }));
}

function summaryOf(id: string, metric: Metric | undefined, tables: readonly PublishedTable[]): MetricSummary {
  const dimensions = new Set(tables.flatMap(({ tbl }) => (tbl === 'all' ? [] : tbl.split('+'))));
  return {
    id,
    version: Math.max(...tables.map(({ version }) => version)),
    group: spoken(metric?.group ?? 'other'),
    title: metric?.title ?? spoken(id),
    question: metric?.question ?? '',
    unit: metric === undefined ? '' : unitOf(metric),
    statistic: metric?.statistic ?? 'count',
    limits: metric === undefined || metric.limits.length === 0 ? undefined : metric.limits.join(' '),
    // The table tool asks for one breakdown at a time.
    breakdowns: [...dimensions].filter(
      (by) => by !== 'county' && tables.some(({ tbl }) => tbl === by || tbl === `county+${by}`),
    ),
    periods: [...new Set(tables.flatMap(({ periods }) => periods))].toSorted(byKindThenTime),
  };
}

/** Quarters and pooled years first, whole years last: the newest of the last is what a question without a period means. */
function byKindThenTime(a: string, b: string): number {
  return rankOf(a) - rankOf(b) || a.localeCompare(b);
}

function rankOf(period: string): number {
  if (period.includes('Q')) return 1;
  return period.includes('/') ? 0 : 2;
}

export function isPercent(statistic: string): boolean {
  return statistic === 'share' || statistic === 'survival';
}

function unitOf({ statistic, unit, per }: Metric): string {
  const words = spoken(unit);
  if (isPercent(statistic)) return `% of ${words.toLowerCase()}`;
  return statistic === 'rate' ? `${words} per ${per.toLocaleString('en-US')}` : words;
}

export function spoken(name: string): string {
  const words = name.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
