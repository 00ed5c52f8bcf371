/** Which table of which release a reader means, and which of its cells: the same question at every door. */
import type { DataSource } from 'typeorm';
import { nothingHere } from '../access/permit.ts';
import type { Contracts } from '../contracts/contracts.ts';
import type { Metric, PeriodKind } from '../contracts/metric.ts';
import type { ReleaseFigure } from './release/release-figures.ts';
import type { ReleaseEntity } from './release.entity.ts';
import { figuresOf } from './release-table.ts';
import { standing } from './standing.ts';

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

/** A declared table of a release that stands. */
export interface FoundTable {
  readonly metric: Metric;
  readonly tbl: string;
  readonly release: ReleaseEntity;
  /** Whether anything that the hub holds was made up. */
  readonly madeUp: boolean;
}

export interface AnsweredTable extends FoundTable {
  readonly figures: readonly ReleaseFigure[];
}

/** What is not declared, not released, withdrawn or not there gets one answer, so that nobody learns which. */
export async function answerTable(
  source: DataSource,
  contracts: Contracts,
  asked: AskedTable,
): Promise<AnsweredTable> {
  const found = await findTable(source, contracts, asked);
  const figures = await figuresOf(source, {
    release: found.release.number,
    metric: found.metric.id,
    tbl: found.tbl,
    county: asked.county,
  });
  const fitting = figures.filter((figure) => fits(figure, asked));
  if (fitting.length === 0) throw nothingHere();
  return { ...found, figures: fitting };
}

/** Whether the release holds any figure of it is not asked yet. */
export async function findTable(
  source: DataSource,
  contracts: Contracts,
  asked: AskedTable,
): Promise<FoundTable> {
  const metric = contracts.metrics.get(asked.metric);
  const tbl = metric === undefined ? undefined : tableOf(metric, [...asked.by, ...asked.where.keys()]);
  if (metric === undefined || tbl === undefined) throw nothingHere();
  const { releases, current, madeUp } = await standing(source);
  const release =
    asked.release === undefined ? current : releases.find(({ number }) => number === asked.release);
  if (release === undefined) throw nothingHere();
  return { metric, tbl, release, madeUp };
}

function tableOf(metric: Metric, dimensions: readonly string[]): string | undefined {
  const wanted = new Set(dimensions);
  return metric.tables.find(({ by }) => by.length === wanted.size && by.every((name) => wanted.has(name)))
    ?.name;
}

function fits({ period, dims }: ReleaseFigure, asked: AskedTable): boolean {
  return periodFits(period, asked) && [...asked.where].every(([name, member]) => dims[name] === member);
}

export function periodFits(period: string, asked: AskedTable): boolean {
  const years = period.split('/').map((part) => Number(part.slice(0, 4)));
  return (
    (asked.periods.length === 0 || asked.periods.includes(period)) &&
    (asked.kind === undefined || kindOf(period) === asked.kind) &&
    (asked.from === undefined || Math.min(...years) >= asked.from) &&
    (asked.to === undefined || Math.max(...years) <= asked.to)
  );
}

function kindOf(period: string): PeriodKind {
  if (period.includes('-Q')) return 'quarter';
  const [first = 0, last = first] = period.split('/').map(Number);
  return last - first === 2 ? 'three_years' : last - first === 4 ? 'five_years' : 'year';
}

/** The address at which the same cells can be had as a file, of this release for ever. */
export function permalink({ metric, release }: FoundTable, asked: AskedTable, format = 'csv'): string {
  const query = new URLSearchParams();
  if (asked.by.length > 0) query.set('by', asked.by.join(','));
  for (const [name, member] of asked.where) query.set(name, member);
  for (const period of asked.periods) query.append('period', period);
  if (asked.kind !== undefined) query.set('kind', asked.kind);
  if (asked.from !== undefined) query.set('from', String(asked.from));
  if (asked.to !== undefined) query.set('to', String(asked.to));
  query.set('release', String(release.number));
  return `/data/${metric.id}.${format}?${query}`;
}
