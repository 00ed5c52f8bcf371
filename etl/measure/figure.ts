import type { Metric, MetricTable } from '../../src/contracts/metric.ts';
import type { CandidateFigure } from '../../src/disclosure/catalogue/candidate.ts';
import { poisson, wilson } from './intervals.ts';
import { countOf, type Estimate, endedWithin, medianOf, survivalCurve, type Wait } from './survival.ts';

export interface Cell {
  readonly period: string;
  /** In the order of the table's dimensions. */
  readonly members: readonly string[];
  readonly numerator?: number | undefined;
  readonly denominator?: number | undefined;
  readonly waits?: readonly Wait[] | undefined;
}

export interface Circumstance {
  readonly closed: boolean;
  /** Why there is no figure at all, such as a feed that nobody sends. */
  readonly missing: string | undefined;
}

/** The figure of one cell: a value with its interval, or the reason why there is none. */
export function figureOf(
  metric: Metric,
  version: number,
  table: MetricTable,
  cell: Cell,
  { closed, missing }: Circumstance,
): CandidateFigure {
  const dims = Object.fromEntries(table.by.map((name, at) => [name, cell.members[at] ?? 'all']));
  const place = {
    metric: metric.id,
    version,
    tbl: table.name,
    period: cell.period,
    cell: table.by.length === 0 ? 'all' : table.by.map((name) => `${name}=${dims[name]}`).join('|'),
    dims,
  };
  const none = { numerator: null, denominator: null, value: null, lower: null, upper: null };
  if (missing !== undefined) return { ...place, ...none, status: 'not_available', reason: missing };
  const counted = valueOf(metric, cell);
  if (typeof counted === 'string')
    return { ...place, ...none, numerator: cell.numerator ?? null, status: 'not_available', reason: counted };
  return closed
    ? { ...place, ...counted, status: 'counted', reason: null }
    : { ...place, ...counted, status: 'provisional', reason: 'the period is not over' };
}

type Counted = Pick<CandidateFigure, 'numerator' | 'denominator' | 'value' | 'lower' | 'upper'>;

function valueOf(metric: Metric, cell: Cell): Counted | string {
  const { numerator = 0, denominator } = cell;
  switch (metric.statistic) {
    case 'count':
    case 'distribution':
      return { numerator, denominator: null, value: numerator, lower: null, upper: null };
    case 'share':
      if (denominator === undefined) return 'nobody counted what this is a share of';
      if (denominator === 0) return 'the denominator is zero';
      // Only where the denominator comes from elsewhere, as a count that an agency sent.
      if (numerator > denominator) return 'more were counted than those whom it is a share of';
      return { numerator, denominator, value: numerator / denominator, ...wilson(numerator, denominator) };
    case 'rate': {
      if (denominator === undefined) return 'nobody counted the population of this cell';
      if (denominator === 0) return 'the denominator is zero';
      const scale = metric.per / denominator;
      const { lower, upper } = poisson(numerator);
      return { numerator, denominator, value: numerator * scale, lower: lower * scale, upper: upper * scale };
    }
    case 'estimate':
      throw new Error('an estimate is made by its own stage, not counted');
    case 'median':
    case 'survival':
      return waitsOf(metric, cell);
  }
}

function waitsOf(metric: Metric, { waits = [] }: Cell): Counted | string {
  if (waits.length === 0) return 'there is nobody to follow';
  const steps = survivalCurve(waits);
  const counts = { numerator: countOf(waits.filter((wait) => wait.ended)), denominator: countOf(waits) };
  const found: Estimate =
    metric.statistic === 'median' ? medianOf(steps) : endedWithin(steps, waits, metric.horizonDays ?? 0);
  if (found.value === undefined)
    return metric.statistic === 'median'
      ? 'fewer than half have ended so far'
      : 'nobody was followed so long';
  return { ...counts, value: found.value, lower: found.lower ?? null, upper: found.upper ?? null };
}
