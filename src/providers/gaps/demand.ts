/** What young people need, as the protected release says it: whatever it hides stays hidden here. */
import type { DataSource } from 'typeorm';
import type { Contracts } from '../../contracts/contracts.ts';
import { answerTable } from '../../disclosure/asked-table.ts';
import type { ReleaseFigure } from '../../disclosure/release/release-figures.ts';
import { NotFound } from '../../errors.ts';
import type { County } from '../program.ts';

/** A figure without the number where the release shows none. */
export type Told =
  | { readonly status: 'shown' | 'provisional'; readonly value: number }
  | { readonly status: 'hidden' | 'not_available' };

export interface NeedDemand {
  readonly found: Told;
  readonly unmet: Told;
  /** In percent: needs for which nothing began within 30 days. */
  readonly late: Told;
}

export interface Demand {
  readonly release: number | undefined;
  readonly period: string | undefined;
  /** By branch of the tree. */
  readonly byArea: ReadonlyMap<string, NeedDemand>;
}

const ABSENT: Told = { status: 'not_available' };

/** Of the state, or of a county where the release has the same tables by county. */
export async function demandOf(source: DataSource, contracts: Contracts, county?: County): Promise<Demand> {
  const where = new Map(county === undefined ? [] : [['county', county]]);
  const ask = async (metric: string, by: readonly string[]) => {
    try {
      return await answerTable(source, contracts, { metric, by, where, periods: [], kind: 'year' });
    } catch (error) {
      // The release has no such table, or there is no release.
      if (error instanceof NotFound) return undefined;
      throw error;
    }
  };
  const [steps, within] = await Promise.all([
    ask('needs_by_step', ['area', 'step']),
    ask('served_within_30_days', ['area']),
  ]);
  const period = (steps ?? within)?.figures
    .map((figure) => figure.period)
    .toSorted()
    .at(-1);
  const inPeriod = (figures: readonly ReleaseFigure[] | undefined) =>
    (figures ?? []).filter((figure) => figure.period === period);
  const byArea = new Map<string, NeedDemand>();
  for (const area of areasOf(contracts)) {
    const mine = inPeriod(steps?.figures).filter(({ dims }) => dims['area'] === area);
    const step = (name: string): Told => told(mine.find(({ dims }) => dims['step'] === name));
    const began = told(inPeriod(within?.figures).find(({ dims }) => dims['area'] === area));
    byArea.set(area, { found: step('found'), unmet: step('unmet'), late: lateOf(began) });
  }
  return { release: (steps ?? within)?.release.number, period, byArea };
}

/** The branches of the tree, by which needs are told. */
export function areasOf(contracts: Contracts): readonly string[] {
  return [...contracts.needs.nodes.values()].filter(({ depth }) => depth === 1).map(({ code }) => code);
}

function told(figure: ReleaseFigure | undefined): Told {
  if (figure === undefined || figure.status === 'not_available') return ABSENT;
  if (figure.status === 'hidden' || figure.value === null) return { status: 'hidden' };
  return { status: figure.status, value: figure.value };
}

function lateOf(began: Told): Told {
  if (!('value' in began)) return began;
  return { status: began.status, value: Math.round((1 - began.value) * 1000) / 10 };
}

/** How many young people are enrolled in school, by county and in `all`, where the release says it: for rates of resources. */
export async function enrolled(
  source: DataSource,
  contracts: Contracts,
): Promise<ReadonlyMap<string, number>> {
  const asked = {
    metric: 'identified_per_1000_enrolled',
    by: ['county'],
    where: new Map<string, string>(),
    periods: [],
    kind: 'year' as const,
  };
  try {
    const { figures } = await answerTable(source, contracts, asked);
    const period = figures
      .map((figure) => figure.period)
      .toSorted()
      .at(-1);
    return new Map(
      figures.flatMap((figure) =>
        figure.period === period && figure.denominator !== null
          ? [[figure.dims['county'] ?? '', figure.denominator] as const]
          : [],
      ),
    );
  } catch (error) {
    if (error instanceof NotFound) return new Map();
    throw error;
  }
}
