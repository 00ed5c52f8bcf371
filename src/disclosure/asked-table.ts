/** Which table of which release a reader means, and which of its cells: the same question at every door. */
import type { DataSource } from 'typeorm';
import { nothingHere } from '../access/permit.ts';
import type { Contracts } from '../contracts/contracts.ts';
import type { Metric, PeriodKind } from '../contracts/metric.ts';
import { NotFound } from '../errors.ts';
import type { ReleaseFigure } from './release/release-figures.ts';
import type { ReleaseEntity } from './release.entity.ts';
import { releaseTable } from './release-table.ts';

export interface AskedTable {
  readonly metric: string;
  readonly by: readonly string[];
  readonly where: ReadonlyMap<string, string>;
  readonly periods: readonly string[];
  readonly kind?: PeriodKind | undefined;
  /** Years: periods that lie between them, both included. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly release?: number | undefined;
  /** The county whose twin is read; who asks must have been permitted to. */
  readonly county?: string | undefined;
}

export interface AnsweredTable {
  readonly metric: Metric;
  readonly tbl: string;
  readonly release: ReleaseEntity;
  readonly figures: readonly ReleaseFigure[];
}

/** What is not declared, not released, withdrawn or not there gets one answer, so that nobody learns which. */
export async function answerTable(
  source: DataSource,
  contracts: Contracts,
  asked: AskedTable,
): Promise<AnsweredTable> {
  const metric = contracts.metrics.get(asked.metric);
  const table = metric === undefined ? undefined : tableOf(metric, [...asked.by, ...asked.where.keys()]);
  if (metric === undefined || table === undefined) throw nothingHere();
  const { release, figures } = await releaseTable(source, {
    metric: metric.id,
    tbl: table,
    ...(asked.release === undefined ? {} : { release: asked.release }),
    ...(asked.county === undefined ? {} : { county: asked.county }),
  }).catch((error: unknown) => {
    throw error instanceof NotFound ? nothingHere() : error;
  });
  const found = figures.filter((figure) => fits(figure, asked));
  if (found.length === 0) throw nothingHere();
  return { metric, tbl: table, release, figures: found };
}

function tableOf(metric: Metric, dimensions: readonly string[]): string | undefined {
  const wanted = new Set(dimensions);
  return metric.tables.find(({ by }) => by.length === wanted.size && by.every((name) => wanted.has(name)))
    ?.name;
}

function fits({ period, dims }: ReleaseFigure, asked: AskedTable): boolean {
  const years = period.split('/').map((part) => Number(part.slice(0, 4)));
  return (
    (asked.periods.length === 0 || asked.periods.includes(period)) &&
    (asked.kind === undefined || kindOf(period) === asked.kind) &&
    (asked.from === undefined || Math.min(...years) >= asked.from) &&
    (asked.to === undefined || Math.max(...years) <= asked.to) &&
    [...asked.where].every(([name, member]) => dims[name] === member)
  );
}

export function kindOf(period: string): PeriodKind {
  if (period.includes('-Q')) return 'quarter';
  const [first = 0, last = first] = period.split('/').map(Number);
  return last - first === 2 ? 'three_years' : last - first === 4 ? 'five_years' : 'year';
}

/** The address at which the same cells can be had as a file, of this release for ever. */
export function permalink({ metric, release }: AnsweredTable, asked: AskedTable): string {
  const query = new URLSearchParams();
  if (asked.by.length > 0) query.set('by', asked.by.join(','));
  for (const [name, member] of asked.where) query.set(name, member);
  for (const period of asked.periods) query.append('period', period);
  if (asked.kind !== undefined) query.set('kind', asked.kind);
  if (asked.from !== undefined) query.set('from', String(asked.from));
  if (asked.to !== undefined) query.set('to', String(asked.to));
  query.set('release', String(release.number));
  return `/data/${metric.id}.csv?${query}`;
}
