import type { Metric, MetricTable } from '../../src/contracts/metric.ts';
import { literal, texts } from '../validate/stored/sql.ts';

/**
 * What the SQL of a metric answers, besides one column for each dimension. Every row is one thing counted in one period:
 * whatever a margin adds up, a thing is counted in it once. A row of counts that agencies sent is as many things as it says.
 */
function columnsOf({ statistic, dimensions, sums }: Metric): readonly string[] {
  const own = {
    count: [],
    distribution: [],
    rate: [],
    share: ['met'],
    median: ['days', 'ended'],
    survival: ['days', 'ended'],
    estimate: [],
  }[statistic];
  return [
    sums ? 'n' : 'unit',
    'period',
    ...own,
    ...[...dimensions.keys()].filter((name) => !isDerived(dimensions, name)),
  ];
}

/** The region of a metric that is told by county too is that of the county. */
function isDerived(dimensions: Metric['dimensions'], name: string): boolean {
  return name === 'region' && dimensions.has('county');
}

/** Fails where the SQL names what is not there, or leaves a column of the contract out. */
export function prepareSql(metric: Metric, sql: string): string {
  return `SELECT ${columnsOf(metric).join(', ')} FROM (${sql}) metric LIMIT 0`;
}

/** Dimensions are never null, and periods are those that the metric has. */
export function contributionSql(metric: Metric, sql: string, regionOf: ReadonlyMap<string, string>): string {
  const columns = columnsOf(metric).map((name) =>
    metric.dimensions.has(name) ? `coalesce(m.${name}::text, 'unknown') AS ${name}` : `m.${name}`,
  );
  const derived = isDerived(metric.dimensions, 'region') && metric.dimensions.has('region');
  const regions = [...regionOf].map(([county, region]) => `(${literal(county)}, ${literal(region)})`);
  const join = `LEFT JOIN (VALUES ${regions.join(', ')}) AS place (in_county, region) ON place.in_county = m.county`;
  return `CREATE TEMPORARY TABLE contribution ON COMMIT DROP AS
    SELECT ${[...columns, ...(derived ? ["coalesce(place.region, 'unknown') AS region"] : [])].join(', ')}
    FROM (${sql}) m JOIN period p USING (period) ${derived ? join : ''} WHERE p.kind = ANY(${texts(metric.periods)})`;
}

/** Whether nothing is in two rows of a period: then rows are counted instead of units that differ, which is much less work. */
export const onceSql = `SELECT NOT EXISTS (SELECT FROM contribution GROUP BY period, unit HAVING count(*) > 1) AS once`;

/** Whether a thing counted may lie in two rows of a period, so that it matters to ask. */
export function countsUnits({ statistic, sums }: Metric): boolean {
  return !sums && statistic !== 'median' && statistic !== 'survival';
}

/** Every combination of dimensions that some table of the metric has as its cells or as a margin, in the metric's order. */
function marginsOf({ dimensions, tables }: Metric): readonly (readonly string[])[] {
  const names = [...dimensions.keys()];
  const margins = new Map<string, readonly string[]>();
  for (const { by } of tables)
    for (let chosen = 0; chosen < 1 << by.length; chosen++) {
      const margin = names.filter((name) => by.includes(name) && (chosen >> by.indexOf(name)) & 1);
      margins.set(margin.join('+'), margin);
    }
  return [...margins.values()];
}

/**
 * One row for each cell and margin of all the tables of a metric, from one reading of its rows: period, the member of
 * every dimension (null where the margin has them all), and what was counted. Waits come with one row for each length.
 */
export function cellsSql(metric: Metric, once: boolean): string {
  const margins = marginsOf(metric);
  if (countsUnits(metric) && !once)
    return margins.map((margin) => unitsSql(metric, margin)).join(' UNION ALL ');
  const waits = metric.statistic === 'median' || metric.statistic === 'survival' ? ['days', 'ended'] : [];
  const sets = margins.map((margin) => `(${['period', ...waits, ...margin].join(', ')})`);
  const columns = ['period', ...metric.dimensions.keys(), ...waits, ...countedOf(metric)];
  return `SELECT ${columns.join(', ')} FROM contribution GROUP BY GROUPING SETS (${sets.join(', ')})`;
}

/** A thing that several rows of a cell tell of is counted in it once. */
function unitsSql(metric: Metric, margin: readonly string[]): string {
  const met = metric.statistic === 'share' ? ', bool_or(met) AS met' : '';
  const columns = [...metric.dimensions.keys()].map((name) =>
    margin.includes(name) ? name : `NULL AS ${name}`,
  );
  const set = ['period', ...margin].join(', ');
  return `SELECT ${['period', ...columns, ...countedOf(metric)].join(', ')}
    FROM (SELECT ${set}, unit${met} FROM contribution GROUP BY ${set}, unit) one GROUP BY ${set}`;
}

function countedOf({ statistic, sums }: Metric): readonly string[] {
  if (sums)
    return statistic === 'share'
      ? ['sum(met)::int AS numerator', 'sum(n)::int AS denominator']
      : ['sum(n)::int AS numerator'];
  // Something that has no name cannot be told from another, and is not counted.
  return {
    count: ['count(unit)::int AS numerator'],
    distribution: ['count(unit)::int AS numerator'],
    rate: ['count(unit)::int AS numerator'],
    share: ['(count(unit) FILTER (WHERE met))::int AS numerator', 'count(unit)::int AS denominator'],
    median: ['count(*)::int AS n'],
    survival: ['count(*)::int AS n'],
    // Made by its own stage (estimate-figures.ts); nothing is counted for it here.
    estimate: ['NULL::int AS numerator'],
  }[statistic];
}

/** The dimensions by which populations are counted. */
const COUNTED_BY = new Set(['county', 'age_band', 'sex']);

/** The population behind each cell; a population that is not cut by a dimension has none for its members. */
export function populationCellsSql(table: MetricTable, population: string): string {
  const cut = table.by.filter((name) => COUNTED_BY.has(name));
  const members = table.by.map((name) =>
    cut.includes(name) ? `CASE WHEN grouping(c.${name}) = 1 THEN 'all' ELSE c.${name} END` : `'all'`,
  );
  const grouped = cut.length === 0 ? '' : `, CUBE (${cut.map((name) => `c.${name}`).join(', ')})`;
  return `SELECT c.period, ARRAY[${members.join(', ')}]::text[] AS members, sum(c.n)::int AS denominator
    FROM population c JOIN period p USING (period)
    WHERE c.population = ${literal(population)} AND p.kind = ANY(${texts(table.periods)}) GROUP BY c.period${grouped}`;
}
