/** Every declared table of every metric, with its margins, from the facts that the search path finds. */
import type { PoolClient } from 'pg';
import type { Contracts } from '../../src/contracts/contracts.ts';
import type { Metric, MetricTable } from '../../src/contracts/metric.ts';
import { regionsOf } from '../../src/contracts/regions.ts';
import type { CandidateFigure } from '../../src/disclosure/catalogue/candidate.ts';
import { Refused } from '../../src/errors.ts';
import { type CountedRow, cellsOf, countedMargins } from './cells.ts';
import { estimateFigures } from './estimate-figures.ts';
import { type Cell, type Circumstance, figureOf } from './figure.ts';
import type { Laps } from './laps.ts';
import {
  cellsSql,
  contributionSql,
  countsUnits,
  onceSql,
  populationCellsSql,
  prepareSql,
} from './tabulate.ts';

/** What every metric is made from. */
interface Making {
  readonly contracts: Contracts;
  readonly versions: ReadonlyMap<string, number>;
  readonly periods: ReadonlyMap<string, Period>;
  /** As the hub knew things at the end of this day, instead of as it knows them now. */
  readonly knownThen: string | undefined;
  /** The figures of metrics that were begun, by metric. */
  readonly made: Map<string, Promise<readonly CandidateFigure[]>>;
}

/** Every connection takes the next piece of work when it is done with one: first what is to be done beside the metrics, then these. */
export async function makeFigures(
  clients: readonly [PoolClient, ...PoolClient[]],
  contracts: Contracts,
  versions: ReadonlyMap<string, number>,
  knownThen: string | undefined,
  laps: Laps,
  beside: (client: PoolClient) => Promise<void>,
): Promise<readonly CandidateFigure[]> {
  const making: Making = {
    contracts,
    versions,
    periods: await periodsOf(clients[0]),
    knownThen,
    made: new Map(),
  };
  const waiting = [
    beside,
    ...inOrder(contracts).map((metric) => async (client: PoolClient) => {
      await begun(making, client, metric, laps);
    }),
  ];
  const ended = await Promise.allSettled(
    clients.map(async (client) => {
      try {
        for (let work = waiting.shift(); work !== undefined; work = waiting.shift()) await work(client);
      } catch (error) {
        waiting.length = 0;
        throw error;
      }
    }),
  );
  for (const one of ended) if (one.status === 'rejected') throw one.reason;
  return (await Promise.all(making.made.values())).flat();
}

function begun(
  making: Making,
  client: PoolClient,
  metric: Metric,
  laps: Laps,
): Promise<readonly CandidateFigure[]> {
  const figures = laps.of(metric.id, () =>
    metric.statistic === 'estimate'
      ? estimatesOf(making, client, metric)
      : figuresOf(making, client, metric, making.versions.get(metric.id) ?? metric.version),
  );
  making.made.set(metric.id, figures);
  return figures;
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
  client: PoolClient,
  metric: Metric,
  version: number,
): Promise<readonly CandidateFigure[]> {
  const { periods, made } = making;
  const sql = metric.sql.get(version);
  if (sql === undefined && metric.notAvailable === undefined)
    throw new Refused('METRIC_VERSION', `the metric ${metric.id} has no version ${version}`);
  const feeds = feedsOf(making, client);
  const missing = metric.notAvailable ?? (await feeds(metric.sources));
  const missingOf = new Map<string, string | undefined>();
  for (const [dimension, members] of metric.sourcesOf)
    for (const [member, sources] of members) missingOf.set(`${dimension}=${member}`, await feeds(sources));
  const margins = countedMargins(
    metric,
    sql === undefined ? [] : await counted(client, metric, sql, regionsOf(making.contracts)),
  );
  const figures: CandidateFigure[] = [];
  for (const table of metric.tables) {
    const denominators = await denominatorsOf(client, metric, table, made);
    const wanted = [...periods]
      .filter(([, { kind }]) => table.periods.includes(kind))
      .map(([period]) => period);
    for (const cell of cellsOf(metric, table, wanted, margins, missing !== undefined)) {
      const denominator = denominators === undefined ? cell.denominator : denominators.get(keyOf(cell));
      const ofMember = table.by.map((name, at) => missingOf.get(`${name}=${cell.members[at]}`));
      const of: Circumstance = {
        closed: periods.get(cell.period)?.closed === true,
        missing: missing ?? ofMember.find((reason) => reason !== undefined),
      };
      figures.push(figureOf(metric, version, table, withZeros(metric, { ...cell, denominator }), of));
    }
  }
  return figures;
}

async function counted(
  client: PoolClient,
  metric: Metric,
  sql: string,
  regionOf: ReadonlyMap<string, string>,
): Promise<readonly CountedRow[]> {
  await refuseBroken(client, metric, sql);
  await client.query(contributionSql(metric, sql, regionOf));
  const once = countsUnits(metric) ? (await client.query<{ once: boolean }>(onceSql)).rows[0]?.once : true;
  const { rows } = await client.query<CountedRow>(cellsSql(metric, once === true));
  await client.query('DROP TABLE contribution');
  return rows;
}

/** What another stage worked out, of years that are over. */
async function estimatesOf(
  making: Making,
  client: PoolClient,
  metric: Metric,
): Promise<readonly CandidateFigure[]> {
  const { periods, knownThen, made } = making;
  const seen = (await made.get(metric.denominatorOf?.metric ?? '')) ?? [];
  return estimateFigures(client, {
    metric,
    years: [...periods].flatMap(([year, { kind, closed }]) => (kind === 'year' && closed ? [year] : [])),
    missing: metric.notAvailable ?? (await feedsOf(making, client)(metric.sources)),
    knownThen,
    identified: new Map(
      seen.flatMap(({ cell, period, numerator }) =>
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

function keyOf({ period, members }: Cell): string {
  return [period, ...members].join('|');
}

async function denominatorsOf(
  client: PoolClient,
  { denominatorOf }: Metric,
  table: MetricTable,
  earlier: Making['made'],
): Promise<ReadonlyMap<string, number> | undefined> {
  if (denominatorOf === undefined) return undefined;
  if (denominatorOf.population !== undefined) {
    const { rows } = await client.query<Cell>(populationCellsSql(table, denominatorOf.population));
    return new Map(rows.map((cell) => [keyOf(cell), cell.denominator ?? 0]));
  }
  const others = ((await earlier.get(denominatorOf.metric ?? '')) ?? []).filter(
    ({ tbl }) => tbl === table.name,
  );
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
function feedsOf(
  { contracts, knownThen }: Making,
  client: PoolClient,
): (sources: readonly string[]) => Promise<string | undefined> {
  return async (sources) => {
    if (sources.some((record) => contracts.records.get(record)?.subject === 'person')) {
      const linked = await client.query('SELECT FROM linked LIMIT 1');
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
