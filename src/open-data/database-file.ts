/** A release as a DuckDB database: every published figure, what each metric is, and which release it is. */
import { type DuckDBConnection, DuckDBDataChunk, DuckDBInstance, type DuckDBValue } from '@duckdb/node-api';
import type { DataSource } from 'typeorm';
import type { Metric } from '../contracts/metric.ts';
import type { PublishedTable } from '../disclosure/published-tables.ts';
import type { ReleaseFigure } from '../disclosure/release/release-figures.ts';
import type { ReleaseEntity } from '../disclosure/release.entity.ts';
import { releasedBatches } from '../disclosure/released-batches.ts';

export interface Contents {
  readonly release: ReleaseEntity;
  readonly tables: readonly PublishedTable[];
  readonly metrics: ReadonlyMap<string, Metric>;
  /** Says that the data are made up, where they are. */
  readonly note: string | undefined;
}

/** Small beside the hub's own; what does not fit lies beside the file meanwhile. */
const LIMITS = { threads: '1', memory_limit: '256MB' };

const FIGURE = new Set([
  'release',
  'metric',
  'definition',
  'tbl',
  'period',
  'value',
  'numerator',
  'denominator',
  'lower',
  'upper',
  'status',
  'footnotes',
  'note',
]);

export async function writeDatabaseFile(source: DataSource, contents: Contents, path: string): Promise<void> {
  const instance = await DuckDBInstance.create(path, LIMITS);
  try {
    const connection = await instance.connect();
    try {
      // One transaction: hundreds of small ones would each wait for the disk.
      await connection.run('BEGIN');
      await writeAbout(connection, contents);
      await writeFigures(connection, source, contents);
      for (const view of viewsOf(contents.tables)) await connection.run(view);
      await connection.run('COMMIT');
      await connection.run('CHECKPOINT');
    } finally {
      connection.closeSync();
    }
  } finally {
    instance.closeSync();
  }
}

async function writeAbout(
  connection: DuckDBConnection,
  { release, tables, metrics, note }: Contents,
): Promise<void> {
  await connection.run(`
    CREATE TABLE release (number INTEGER, state VARCHAR, period VARCHAR, published_on DATE, known_on DATE, policy VARCHAR,
      corrects INTEGER, note VARCHAR);
    CREATE TABLE metric (metric VARCHAR, definition VARCHAR, title VARCHAR, question VARCHAR, statistic VARCHAR, unit VARCHAR,
      numerator VARCHAR, denominator VARCHAR, limits VARCHAR);`);
  const insert = async (sql: string, values: readonly (string | number | null)[]): Promise<void> => {
    await connection.run(sql, [...values]);
  };
  await insert('INSERT INTO release VALUES ($1, $2, $3, $4::VARCHAR::DATE, $5::VARCHAR::DATE, $6, $7, $8)', [
    release.number,
    release.state,
    release.period,
    release.publishedAt.toISOString().slice(0, 10),
    release.knownOn,
    release.policy,
    release.corrects,
    note ?? null,
  ]);
  for (const id of new Set(tables.map(({ metric }) => metric))) {
    const metric = metrics.get(id);
    if (metric === undefined) continue;
    const { title, question, version, statistic, unit, numerator, denominator = null, limits } = metric;
    await insert('INSERT INTO metric VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)', [
      id,
      `v${version}`,
      title,
      question,
      statistic,
      unit,
      numerator,
      denominator,
      limits.join(' '),
    ]);
  }
}

/** A column for each dimension that any table has; empty where a table does not have it. */
async function writeFigures(
  connection: DuckDBConnection,
  source: DataSource,
  { release, tables, note }: Contents,
): Promise<void> {
  const dimensions = dimensionsOf(tables);
  const columns = [
    'release INTEGER',
    'metric VARCHAR',
    'definition VARCHAR',
    'tbl VARCHAR',
    'period VARCHAR',
    ...dimensions.map((name) => `${columnOf(name)} VARCHAR`),
    'value DOUBLE',
    'numerator BIGINT',
    'denominator BIGINT',
    'lower DOUBLE',
    'upper DOUBLE',
    'status VARCHAR',
    'footnotes VARCHAR',
    'note VARCHAR',
  ];
  await connection.run(`CREATE TABLE figure (${columns.join(', ')})`);
  const appender = await connection.createAppender('figure');
  const types = columns.map((_, at) => appender.columnType(at));
  for await (const batch of releasedBatches(source, release.number)) {
    const chunk = DuckDBDataChunk.create(types);
    chunk.setRows(batch.map((figure) => rowOf(figure, release.number, dimensions, note)));
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
}

function rowOf(
  figure: ReleaseFigure,
  release: number,
  dimensions: readonly string[],
  note: string | undefined,
): DuckDBValue[] {
  const whole = (value: number | null): DuckDBValue => (value === null ? null : BigInt(value));
  return [
    release,
    figure.metric,
    `v${figure.version}`,
    figure.tbl,
    figure.period,
    ...dimensions.map((name) => figure.dims[name] ?? null),
    figure.value,
    whole(figure.numerator),
    whole(figure.denominator),
    figure.lower,
    figure.upper,
    figure.status,
    figure.footnotes.join(' '),
    note ?? null,
  ];
}

/** Each table under a name of its own, with its own dimensions alone: identified_by_county_sex. */
function viewsOf(tables: readonly PublishedTable[]): string[] {
  return tables.map(({ metric, tbl }) => {
    const own = tbl === 'all' ? [] : tbl.split('+');
    const name = own.length === 0 ? metric : `${metric}_by_${own.join('_')}`;
    const columns = [
      'period',
      ...own.map(columnOf),
      'value',
      'numerator',
      'denominator',
      'lower',
      'upper',
      'status',
      'footnotes',
      'note',
    ];
    return `CREATE VIEW ${quoted(name)} AS SELECT ${columns.join(', ')} FROM figure WHERE metric = '${metric}' AND tbl = '${tbl}'`;
  });
}

function dimensionsOf(tables: readonly PublishedTable[]): string[] {
  return [...new Set(tables.flatMap(({ tbl }) => (tbl === 'all' ? [] : tbl.split('+'))))].toSorted();
}

/** What young people are counted by may have the name of what is said of a figure: identified by status. */
function columnOf(dimension: string): string {
  return quoted(FIGURE.has(dimension) ? `by_${dimension}` : dimension);
}

/** Names come from the catalogue, in which they are lower-case words; some are words of SQL. */
function quoted(name: string): string {
  return `"${name}"`;
}
