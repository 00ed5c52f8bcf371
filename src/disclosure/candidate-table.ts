/**
 * A table of the newest candidate, exact and unprotected: for a steward on the hub's own host, and for nobody else. What
 * everybody else reads comes from a release.
 */
import type { DataSource } from 'typeorm';
import type { Contracts } from '../contracts/contracts.ts';
import type { Metric, MetricTable } from '../contracts/metric.ts';
import { NotFound } from '../errors.ts';
import { releaseTable } from './release-table.ts';

export interface TableAsked {
  readonly metric: string;
  readonly period: string;
  readonly by: readonly string[];
  readonly where: ReadonlyMap<string, string>;
}

interface CandidateAsked extends TableAsked {
  /** The beginning of a candidate's id; left out, the newest. */
  readonly candidate?: string | undefined;
}

export interface CandidateCell {
  readonly dims: Readonly<Record<string, string>>;
  readonly value: number | null;
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly status: 'counted' | 'provisional' | 'not_available' | 'shown' | 'hidden';
}

export interface CandidateTable {
  readonly title: string;
  readonly cells: readonly CandidateCell[];
  /** The number of the release; null for a candidate. */
  readonly release: number | null;
  readonly definition: string;
  readonly footnotes: readonly string[];
}

export async function candidateTable(
  publisher: DataSource,
  contracts: Contracts,
  asked: CandidateAsked,
): Promise<CandidateTable> {
  const { metric: id, period, where } = asked;
  const { metric, table } = declaredTable(contracts, asked);
  const rows = await publisher.query<
    (CandidateCell & { version: number; reason: string | null; candidate: string; known_on: string })[]
  >(
    `SELECT f.dims, f.value, f.numerator::int, f.denominator::int, f.lower, f.upper, f.status, f.reason, f.version,
       c.id AS candidate, c.known_on::text
     FROM measures.figure f JOIN measures.candidate c ON c.id = f.candidate_id
     WHERE CASE WHEN $5::text IS NULL THEN c.current ELSE starts_with(c.id, $5) END AND f.metric = $1 AND f.tbl = $2 AND f.period = $3 AND f.dims @> $4 ORDER BY f.cell`,
    [id, table.name, period, JSON.stringify(Object.fromEntries(where)), asked.candidate ?? null],
  );
  const first = rows[0];
  if (first === undefined)
    throw new NotFound('NO_FIGURES', `there are no such figures of ${id} for ${period}`, {
      remedy: '`npx tessera measure` makes them; a metric says under periods which it has',
    });
  const reasons = new Set(rows.flatMap(({ reason }) => reason ?? []));
  return {
    title: metric.title,
    cells: rows.map(bare),
    release: null,
    definition: `${id} version ${first.version}`,
    footnotes: [
      'UNPROTECTED: a candidate for the steward alone, never to be passed on',
      `candidate ${first.candidate.slice(0, 12)}, as known on ${first.known_on}`,
      ...metric.limits,
      ...reasons,
    ],
  };
}

/** The same table of the newest release that stands: what everybody may read. */
export async function releasedTable(
  api: DataSource,
  contracts: Contracts,
  asked: TableAsked,
): Promise<CandidateTable> {
  const { metric, table } = declaredTable(contracts, asked);
  const { release, figures } = await releaseTable(api, {
    metric: metric.id,
    tbl: table.name,
    period: asked.period,
  });
  const cells = figures.filter(({ dims }) =>
    [...asked.where].every(([name, member]) => dims[name] === member),
  );
  return {
    title: metric.title,
    cells: cells.map(bare),
    release: release.number,
    definition: `${metric.id} version ${figures[0]?.version ?? metric.version}`,
    footnotes: [
      `release ${release.number} of ${release.period} (${release.state}), facts as known on ${release.knownOn}`,
      ...metric.limits,
      ...new Set(cells.flatMap(({ footnotes }) => footnotes)),
    ],
  };
}

/** A cell without what else its row says, of which a table speaks once. */
function bare({ dims, value, numerator, denominator, lower, upper, status }: CandidateCell): CandidateCell {
  return { dims, value, numerator, denominator, lower, upper, status };
}

function declaredTable(
  contracts: Contracts,
  { metric: id, by, where }: TableAsked,
): { readonly metric: Metric; readonly table: MetricTable } {
  const metric = contracts.metrics.get(id);
  if (metric === undefined)
    throw new NotFound('NO_METRIC', `there is no metric ${id}`, {
      remedy: '`npx tessera metrics list` names them all',
    });
  const wanted = new Set([...by, ...where.keys()]);
  const table = metric.tables.find(
    (declared) => declared.by.length === wanted.size && declared.by.every((name) => wanted.has(name)),
  );
  if (table === undefined)
    throw new NotFound(
      'NO_TABLE',
      `the metric ${id} has no table by ${[...wanted].join(', ') || 'nothing'}`,
      {
        remedy: `its tables are ${metric.tables.map(({ name }) => name).join(', ')}`,
      },
    );
  return { metric, table };
}
