/** One view of the table tool, read from the release, or for a county's own analysts from its secure twin. */
import type { DataSource } from 'typeorm';
import type {
  Catalogue,
  Member,
  ReleasedCell,
  ReleasedTable,
  TableQuestion,
} from '../../../../web/released-table.ts';
import type { Contracts } from '../../../contracts/contracts.ts';
import type { ReleaseFigure } from '../../../disclosure/release/release-figures.ts';
import { releaseTable } from '../../../disclosure/release-table.ts';
import { standing } from '../../../disclosure/standing.ts';
import { NotFound } from '../../../errors.ts';
import { isPercent, membersOf, spoken } from './release-catalogue.ts';

export async function releaseView(
  api: DataSource,
  contracts: Contracts,
  catalogue: Catalogue,
  question: TableQuestion,
  /** The county whose twin its reader may see. */
  twin: string | undefined,
): Promise<ReleasedTable | undefined> {
  const { by, place, release } = question;
  const metric = catalogue.metrics.find(({ id }) => id === question.metric);
  if (metric === undefined) return undefined;
  const own = twin !== undefined && twin === place;
  const read = (tbl: string, county?: string) =>
    releaseTable(api, {
      metric: metric.id,
      tbl,
      ...(release === undefined ? {} : { release }),
      ...(county === undefined ? {} : { county }),
    }).catch(nothingThere);
  const tables = tablesFor(place, by);
  const found =
    (own ? await firstOf(tables, (tbl) => read(tbl, twin)) : undefined) ??
    (await firstOf(tables, (tbl) => read(tbl)));
  if (found === undefined) return undefined;
  const newest = (await standing(api)).current;
  const cells = found.figures
    .filter(({ dims }) => inPlace(dims, place))
    .map((figure) => cellOf(figure, metric.statistic));
  if (cells.length === 0) return undefined;
  const { number, state, closedOn } = found.release;
  return {
    metric,
    question,
    tbl: found.figures[0]?.tbl ?? 'all',
    placeLabel: { all: STATE, each: 'every county' }[place] ?? labelOf(catalogue, place),
    secure: own && found.figures.every(({ dims }) => dims['county'] === twin),
    release: {
      number,
      state,
      closedOn,
      newer: newest !== undefined && newest.number > number ? newest.number : undefined,
    },
    members: membersFor(contracts, catalogue, question, cells),
    cells,
  };
}

const STATE = 'California';

function labelOf({ places }: Catalogue, place: string): string {
  return places.find(({ code }) => code === place)?.label ?? place;
}

/** A statewide view may stand in a table of its own, or in the margin of the counties'. */
function tablesFor(place: string, by: string | undefined): readonly string[] {
  const county = by === undefined ? 'county' : `county+${by}`;
  return place === 'all' ? [by ?? 'all', county] : [county];
}

function inPlace(dims: Readonly<Record<string, string>>, place: string): boolean {
  const county = dims['county'];
  return place === 'each' || county === undefined || county === place;
}

async function firstOf<T>(
  tables: readonly string[],
  read: (tbl: string) => Promise<T | undefined>,
): Promise<T | undefined> {
  for (const tbl of tables) {
    const found = await read(tbl);
    if (found !== undefined) return found;
  }
  return undefined;
}

function nothingThere(error: unknown): undefined {
  if (error instanceof NotFound) return undefined;
  throw error;
}

function membersFor(
  contracts: Contracts,
  catalogue: Catalogue,
  { metric, by, place }: TableQuestion,
  cells: readonly ReleasedCell[],
): readonly Member[] {
  const dimension = by ?? (place === 'each' ? 'county' : undefined);
  if (dimension === undefined) return [];
  const list = contracts.metrics.get(metric)?.dimensions.get(dimension) ?? dimension;
  const known = dimension === 'county' ? catalogue.places : membersOf(contracts, list);
  const there = new Set(cells.map(({ dims }) => dims[dimension] ?? 'all'));
  const named = known.filter(({ code }) => there.has(code));
  const rest = [...there]
    .filter((code) => code !== 'all' && !named.some((one) => one.code === code))
    .toSorted()
    .map((code) => ({ code, label: spoken(code) }));
  // The margin of the counties is no county; of a breakdown it is the total.
  const total = there.has('all') ? [{ code: 'all', label: dimension === 'county' ? STATE : '' }] : [];
  return [...named, ...rest, ...total];
}

export function cellOf(figure: ReleaseFigure, statistic: string): ReleasedCell {
  const { dims, period, numerator, denominator, status, footnotes } = figure;
  const scaled = (value: number | null): number | null =>
    value === null || !isPercent(statistic) ? value : value * 100;
  return {
    dims,
    period,
    value: scaled(figure.value),
    numerator,
    denominator,
    lower: scaled(figure.lower),
    upper: scaled(figure.upper),
    status,
    footnotes,
  };
}
