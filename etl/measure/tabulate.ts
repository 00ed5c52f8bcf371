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
  return [sums ? 'n' : 'unit', 'period', ...own, ...dimensions.keys()];
}

/** Fails where the SQL names what is not there, or leaves a column of the contract out. */
export function prepareSql(metric: Metric, sql: string): string {
  return `SELECT ${columnsOf(metric).join(', ')} FROM (${sql}) metric LIMIT 0`;
}

/** Dimensions are never null, and periods are those that the metric has. */
export function contributionSql(metric: Metric, sql: string): string {
  const columns = columnsOf(metric).map((name) =>
    metric.dimensions.has(name) ? `coalesce(m.${name}::text, 'unknown') AS ${name}` : `m.${name}`,
  );
  return `CREATE TEMPORARY TABLE contribution ON COMMIT DROP AS
    SELECT ${columns.join(', ')} FROM (${sql}) m JOIN period p USING (period) WHERE p.kind = ANY(${texts(metric.periods)})`;
}

/** One row for each cell and margin of a table: period, members (null stands for all), and what was counted. */
export function cellsSql(metric: Metric, table: MetricTable): string {
  const members = table.by.map((name) => `CASE WHEN grouping(c.${name}) = 1 THEN 'all' ELSE c.${name} END`);
  const grouped = table.by.length === 0 ? '' : `, CUBE (${table.by.map((name) => `c.${name}`).join(', ')})`;
  return `
    SELECT c.period, ARRAY[${members.join(', ')}]::text[] AS members, ${metric.sums ? added(metric) : counted(metric)}
    FROM contribution c JOIN period p USING (period) WHERE p.kind = ANY(${texts(table.periods)})
    GROUP BY c.period${grouped}`;
}

function added({ statistic }: Metric): string {
  return statistic === 'share'
    ? 'sum(met)::int AS numerator, sum(n)::int AS denominator'
    : 'sum(n)::int AS numerator';
}

function counted({ statistic }: Metric): string {
  return {
    count: 'count(DISTINCT unit)::int AS numerator',
    distribution: 'count(DISTINCT unit)::int AS numerator',
    rate: 'count(DISTINCT unit)::int AS numerator',
    share:
      'count(DISTINCT unit) FILTER (WHERE met)::int AS numerator, count(DISTINCT unit)::int AS denominator',
    median:
      'array_agg(days ORDER BY days, ended DESC) AS days, array_agg(ended ORDER BY days, ended DESC) AS ended',
    survival:
      'array_agg(days ORDER BY days, ended DESC) AS days, array_agg(ended ORDER BY days, ended DESC) AS ended',
    // Made by its own stage (estimate-figures.ts); nothing is counted for it here.
    estimate: 'NULL::int AS numerator',
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
