/** Every declared table of every metric, with its margins, from the facts that the search path finds. */
import type { PoolClient } from 'pg';
import type { Contracts } from '../../src/contracts/contracts.ts';
import type { Metric, MetricTable } from '../../src/contracts/metric.ts';
import type { CandidateFigure } from '../../src/disclosure/catalogue/candidate.ts';
import { Refused } from '../../src/errors.ts';
import { estimateFigures } from './estimate-figures.ts';
import { type Cell, type Circumstance, figureOf } from './figure.ts';
import { cellsSql, contributionSql, populationCellsSql, prepareSql } from './tabulate.ts';

/** What every metric is made from. */
interface Making {
  readonly client: PoolClient;
  readonly contracts: Contracts;
  readonly periods: ReadonlyMap<string, Period>;
  /** As the hub knew things at the end of this day, instead of as it knows them now. */
  readonly knownThen: string | undefined;
  /** The figures of metrics made before, by metric. */
  readonly made: Map<string, readonly CandidateFigure[]>;
}

export async function makeFigures(
  client: PoolClient,
  contracts: Contracts,
  versions: ReadonlyMap<string, number>,
  knownThen: string | undefined,
): Promise<readonly CandidateFigure[]> {
  const making: Making = { client, contracts, periods: await periodsOf(client), knownThen, made: new Map() };
  for (const metric of inOrder(contracts)) {
    const version = versions.get(metric.id) ?? metric.version;
    const figures =
      metric.statistic === 'estimate' ? estimatesOf(making, metric) : figuresOf(making, metric, version);
    making.made.set(metric.id, await figures);
  }
  return [...making.made.values()].flat();
}

/** A metric that is another's denominator comes before it. */
function inOrder({ metrics }: Contracts): readonly Metric[] {
  const depth = (metric: Metric | undefined, seen = 0): number =>
    metric?.denominatorOf?.metric === undefined || seen > metrics.size
      ? 0
      : 1 + depth(metrics.get(metric.denominatorOf.metric), seen + 1);
  return [...metrics.values()].toSorted((a, b) => depth(a) - depth(b) || (a.id < b.id ? -1 : 1));
}

async function figuresOf(
  making: Making,
  metric: Metric,
  version: number,
): Promise<readonly CandidateFigure[]> {
  const { client, periods, made } = making;
  const sql = metric.sql.get(version);
  const feeds = feedsOf(making);
  const missing = metric.notAvailable ?? (await feeds(metric.sources));
  const missingOf = new Map<string, string | undefined>();
  for (const [dimension, members] of metric.sourcesOf)
    for (const [member, sources] of members) missingOf.set(`${dimension}=${member}`, await feeds(sources));
  if (sql !== undefined) {
    await refuseBroken(client, metric, sql);
    await client.query(contributionSql(metric, sql));
  } else if (metric.notAvailable === undefined)
    throw new Refused('METRIC_VERSION', `the metric ${metric.id} has no version ${version}`);
  const figures: CandidateFigure[] = [];
  for (const table of metric.tables) {
    const counted =
      sql === undefined ? [] : await client.query<Cell>(cellsSql(metric, table)).then(({ rows }) => rows);
    const denominators = await denominatorsOf(client, metric, table, made);
    const wanted = [...periods]
      .filter(([, { kind }]) => table.periods.includes(kind))
      .map(([period]) => period);
    for (const cell of completed(metric, table, wanted, counted, missing !== undefined)) {
      const denominator = denominators === undefined ? cell.denominator : denominators.get(keyOf(cell));
      const ofMember = table.by.map((name, at) => missingOf.get(`${name}=${cell.members[at]}`));
      const of: Circumstance = {
        closed: periods.get(cell.period)?.closed === true,
        missing: missing ?? ofMember.find((reason) => reason !== undefined),
      };
      figures.push(figureOf(metric, version, table, withZeros(metric, { ...cell, denominator }), of));
    }
  }
  if (sql !== undefined) await client.query('DROP TABLE contribution');
  return figures;
}

/** What another stage worked out, of years that are over. */
async function estimatesOf(making: Making, metric: Metric): Promise<readonly CandidateFigure[]> {
  const { client, periods, knownThen, made } = making;
  const counted = made.get(metric.denominatorOf?.metric ?? '') ?? [];
  return estimateFigures(client, {
    metric,
    years: [...periods].flatMap(([year, { kind, closed }]) => (kind === 'year' && closed ? [year] : [])),
    missing: metric.notAvailable ?? (await feedsOf(making)(metric.sources)),
    knownThen,
    identified: new Map(
      counted.flatMap(({ cell, period, numerator }) =>
        cell === 'all' && numerator !== null ? [[period, numerator]] : [],
      ),
    ),
  });
}

/** Nobody in a cell of a share is a denominator of zero, which is no share; with a denominator from elsewhere it is a zero. */
function withZeros(metric: Metric, cell: Cell): Cell {
  return metric.statistic === 'share' && metric.denominatorOf === undefined
    ? { ...cell, denominator: cell.denominator ?? 0 }
    : cell;
}

/**
 * Every combination of the members that a table has in a period, and their margins: a cell in which nobody was counted
 * beside others that somebody was counted in is a zero, and said to be one. Members that have feeds of their own
 * are always there: a zero or, without their feed, none.
 */
function completed(
  { sourcesOf }: Metric,
  table: MetricTable,
  periods: readonly string[],
  counted: readonly Cell[],
  onlyTotals: boolean,
): Cell[] {
  const found = new Map(counted.map((cell) => [keyOf(cell), cell]));
  return periods.flatMap((period) => {
    const here = onlyTotals ? [] : counted.filter((cell) => cell.period === period);
    const members = table.by.map((name, at) => {
      const declared = onlyTotals ? [] : [...(sourcesOf.get(name)?.keys() ?? [])];
      return [...new Set(['all', ...declared, ...here.map((cell) => cell.members[at] ?? 'all')])].toSorted();
    });
    const combinations = members.reduce<string[][]>(
      (all, some) => all.flatMap((chosen) => some.map((member) => [...chosen, member])),
      [[]],
    );
    return combinations.map((chosen) => {
      const empty: Cell = { period, members: chosen };
      return found.get(keyOf(empty)) ?? empty;
    });
  });
}

function keyOf({ period, members }: Cell): string {
  return [period, ...members].join('|');
}

async function denominatorsOf(
  client: PoolClient,
  { denominatorOf }: Metric,
  table: MetricTable,
  earlier: ReadonlyMap<string, readonly CandidateFigure[]>,
): Promise<ReadonlyMap<string, number> | undefined> {
  if (denominatorOf === undefined) return undefined;
  if (denominatorOf.population !== undefined) {
    const { rows } = await client.query<Cell>(populationCellsSql(table, denominatorOf.population));
    return new Map(rows.map((cell) => [keyOf(cell), cell.denominator ?? 0]));
  }
  const others = (earlier.get(denominatorOf.metric ?? '') ?? []).filter(({ tbl }) => tbl === table.name);
  return new Map(
    others.flatMap((figure) =>
      figure.numerator === null
        ? []
        : [
            [
              keyOf({ period: figure.period, members: Object.values(figure.dims) }),
              figure.numerator,
            ] as const,
          ],
    ),
  );
}

/**
 * Asks why there is no figure from some record types. Counts that agencies send about staff, schools and programs need
 * nobody to be linked.
 */
function feedsOf({
  client,
  contracts,
  knownThen,
}: Making): (sources: readonly string[]) => Promise<string | undefined> {
  return async (sources) => {
    if (sources.some((record) => contracts.records.get(record)?.subject === 'person')) {
      const linked = await client.query('SELECT FROM member LIMIT 1');
      if (linked.rowCount === 0) return 'nothing is linked yet';
    }
    for (const record of sources) {
      const { rows } = await client.query<{ there: boolean }>(
        `SELECT EXISTS (SELECT FROM events.${record} WHERE $1::date IS NULL OR known_from < $1::date + 1) AS there`,
        [knownThen ?? null],
      );
      if (rows[0]?.there !== true) return `no feed: nobody has sent ${record}`;
    }
    return undefined;
  };
}

interface Period {
  readonly kind: Metric['periods'][number];
  readonly closed: boolean;
}

async function periodsOf(client: PoolClient): Promise<ReadonlyMap<string, Period>> {
  const { rows } = await client.query<Period & { period: string }>(
    'SELECT period, kind, closed FROM period ORDER BY period',
  );
  return new Map(rows.map(({ period, kind, closed }) => [period, { kind, closed }]));
}

export async function refuseBroken(client: PoolClient, metric: Metric, sql: string): Promise<void> {
  await client.query('SAVEPOINT asked');
  try {
    await client.query(prepareSql(metric, sql));
  } catch (error) {
    await client.query('ROLLBACK TO SAVEPOINT asked');
    throw new Refused('METRIC_BROKEN', `the SQL of the metric ${metric.id}: ${(error as Error).message}`, {
      remedy: `correct schema/metrics/${metric.group}/${metric.id}.sql; docs/measures.md lists the facts`,
    });
  }
  await client.query('RELEASE SAVEPOINT asked');
}
