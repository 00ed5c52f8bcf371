/** Figures of a release as the gap analysis reads them: without the number where the release shows none. */
import type { DataSource } from 'typeorm';
import type { Contracts } from '../../contracts/contracts.ts';
import { type AskedTable, answerTable } from '../../disclosure/asked-table.ts';
import { LEFT_OUT, type ReleaseFigure } from '../../disclosure/release/release-figures.ts';
import { NotFound } from '../../errors.ts';

export type Told =
  | { readonly status: 'shown' | 'provisional'; readonly value: number }
  /** Left out: no table of that detail is published. */
  | { readonly status: 'hidden'; readonly leftOut: boolean }
  | { readonly status: 'not_available' };

export const ABSENT: Told = { status: 'not_available' };

export interface ToldTable {
  readonly release: number;
  readonly period: string;
  /** Of the newest period. */
  readonly figures: readonly ReleaseFigure[];
}

/** Undefined where the release has no such table, or there is no release. */
export async function toldTable(
  source: DataSource,
  contracts: Contracts,
  asked: Pick<AskedTable, 'metric' | 'by' | 'kind' | 'county'>,
): Promise<ToldTable | undefined> {
  try {
    const { figures, release } = await answerTable(source, contracts, {
      ...asked,
      where: new Map(asked.county === undefined ? [] : [['county', asked.county]]),
      by: asked.county === undefined ? asked.by : asked.by.filter((name) => name !== 'county'),
      periods: [],
    });
    const period = figures
      .map((figure) => figure.period)
      .toSorted()
      .at(-1);
    if (period === undefined) return undefined;
    return { release: release.number, period, figures: figures.filter((figure) => figure.period === period) };
  } catch (error) {
    if (error instanceof NotFound) return undefined;
    throw error;
  }
}

/** The figure of some members, the others being all. */
export function toldOf(table: ToldTable | undefined, members: Readonly<Record<string, string>>): Told {
  const figure = table?.figures.find(({ dims }) =>
    Object.entries(dims).every(([name, member]) => member === (members[name] ?? 'all')),
  );
  if (figure === undefined || figure.status === 'not_available') return ABSENT;
  if (figure.status === 'hidden' || figure.value === null)
    return { status: 'hidden', leftOut: figure.footnotes.includes(LEFT_OUT) };
  return { status: figure.status, value: figure.value };
}

export function valueOf(told: Told): number | undefined {
  return 'value' in told ? told.value : undefined;
}
