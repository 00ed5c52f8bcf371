/** From the arguments of a question to a table of a release, and from its figures to cells. */
import { loadContracts } from '../../contracts/contracts.ts';
import type { PeriodKind } from '../../contracts/metric.ts';
import { type AskedTable, answerTable, permalink } from '../../disclosure/asked-table.ts';
import type { ReleaseFigure } from '../../disclosure/release/release-figures.ts';
import type { ApiContext } from '../context.ts';
import type { CellType, PeriodArgs, TableType } from './figures.type.ts';

export function askedBy(metric: string, args: PeriodArgs, county?: string): AskedTable {
  return {
    metric,
    by: args.by,
    where: new Map(args.where.map(({ dimension, member }) => [dimension, member])),
    periods: args.period,
    kind: (args.kind ?? undefined) as PeriodKind | undefined,
    from: args.from ?? undefined,
    to: args.to ?? undefined,
    release: args.release ?? undefined,
    county,
  };
}

export async function tableFor(context: ApiContext, asked: AskedTable): Promise<TableType> {
  context.readsTable(tableKey(asked));
  const answer = await answerTable(context.database, loadContracts(), asked);
  const { metric, release, figures, madeUp } = answer;
  context.reads(release.number);
  return {
    asked,
    figures,
    source: release,
    metric: metric.id,
    title: metric.title,
    version: figures[0]?.version ?? metric.version,
    permalink: permalink(answer, asked),
    limits: metric.limits,
    release,
    madeUp,
  };
}

/** A table with its filters: as many different ones as a reader asks for are counted. */
function tableKey({ metric, by, where, county }: AskedTable): string {
  return JSON.stringify([
    metric,
    [...by].toSorted(),
    [...where].map(([name, member]) => `${name}=${member}`).toSorted(),
    county,
  ]);
}

export function cellOf(figure: ReleaseFigure): CellType {
  const { metric, tbl, period, cell, dims, ...rest } = figure;
  const names = tbl === 'all' ? [] : tbl.split('+');
  return {
    ...rest,
    period,
    dims: names.map((dimension) => ({ dimension, member: dims[dimension] ?? 'all' })),
    trace: `${metric}/${tbl}/${period}/${cell}`,
  };
}
