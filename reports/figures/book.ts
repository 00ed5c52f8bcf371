/** The figures of one release, looked up as a report asks for them: by metric, breakdown and year, for its own place. */
import type { Contracts } from '../../src/contracts/contracts.ts';
import type { Statistic } from '../../src/contracts/metric.ts';
import type { ReleaseFigure } from '../../src/disclosure/release/release-figures.ts';
import type { Place } from './place.ts';

/** A figure, or the fact that the release holds none there. */
export interface Found {
  /** metric/table/period/cell: what `tessera trace` takes. */
  readonly address: string;
  readonly metric: string;
  readonly tbl: string;
  readonly cell: string;
  readonly statistic: Statistic;
  readonly figure: ReleaseFigure | undefined;
}

export interface Member {
  /** The code list that it is of. */
  readonly list: string;
  readonly code: string;
  readonly label: string;
  readonly found: Found;
}

export interface Breakdown {
  /** Whether the members are told for the place itself, or only for the state. */
  readonly of: 'place' | 'state';
  readonly members: readonly Member[];
  /** The margin: each thing once, however many members it lies in. */
  readonly total: Found;
}

export interface Book {
  readonly place: Place;
  readonly year: string;
  /** Years before this one that the release holds too, oldest first; quarters where the book is of a quarter. */
  readonly earlier: readonly string[];
  readonly total: (metric: string, period?: string) => Found;
  /** Of the whole state, for a county's page. */
  readonly statewide: (metric: string, period?: string) => Found;
  readonly member: (metric: string, by: string, code: string, period?: string) => Found;
  /** Nothing where the release holds no such table for the place or the state. */
  readonly breakdown: (metric: string, by: string, period?: string) => Breakdown | undefined;
  readonly counties: (metric: string) => readonly Member[];
  /** Whether the release holds any figure of the place and year that is not zero; a hidden one is not. */
  readonly tookPart: boolean;
  /** The newest year that is over, of a book of a quarter: for what is counted by years alone. */
  readonly lastYear: string | undefined;
  /** The same cell in another year. */
  readonly inYear: (found: Found, year: string) => Found;
}

const ALL = 'all';

export function bookOf(
  contracts: Contracts,
  place: Place,
  year: string,
  figures: readonly ReleaseFigure[],
): Book {
  const at = new Map(figures.map((figure) => [addressOf(figure), figure]));
  const tables = Map.groupBy(figures, ({ metric, tbl, period }) => `${metric}/${tbl}/${period}`);
  const found = (metric: string, tbl: string, period: string, cell: string): Found => {
    const address = `${metric}/${tbl}/${period}/${cell}`;
    const statistic = contracts.metrics.get(metric)?.statistic ?? 'count';
    return { address, metric, tbl, cell, statistic, figure: at.get(address) };
  };
  const totalOf = (metric: string, county: string | undefined, period: string): Found => {
    const own = county === undefined ? ALL : `county=${county}`;
    const plain = found(metric, county === undefined ? ALL : 'county', period, own);
    if (plain.figure !== undefined) return plain;
    // A metric without a total of its own has one in the margin of a breakdown.
    const margin = figures.find(
      (one) =>
        one.metric === metric &&
        one.period === period &&
        (one.dims['county'] ?? ALL) === (county ?? ALL) &&
        Object.entries(one.dims).every(([name, member]) => name === 'county' || member === ALL),
    );
    return margin === undefined ? plain : found(metric, margin.tbl, period, margin.cell);
  };
  const inTable = (metric: string, by: string, county: string | undefined, period: string) => {
    const tbl = county === undefined ? by : `county+${by}`;
    const own = tables.get(`${metric}/${tbl}/${period}`) ?? [];
    return own.filter(({ dims }) => county === undefined || dims['county'] === county);
  };
  const breakdown = (metric: string, by: string, period: string = year): Breakdown | undefined => {
    for (const county of new Set([place.county, undefined])) {
      const own = inTable(metric, by, county, period);
      const total = own.find(({ dims }) => dims[by] === ALL);
      if (total === undefined) continue;
      const list = contracts.metrics.get(metric)?.dimensions.get(by) ?? by;
      const members = own
        .filter(({ dims }) => dims[by] !== ALL)
        .map((figure) => {
          const code = figure.dims[by] ?? ALL;
          const label = labelOf(contracts, list, code);
          return { list, code, label, found: found(metric, figure.tbl, period, figure.cell) };
        });
      const of = county === place.county ? ('place' as const) : ('state' as const);
      const inOrder = inOrderOf(contracts, list, members);
      return { of, members: inOrder, total: found(metric, total.tbl, period, total.cell) };
    }
    return undefined;
  };
  const held = [...new Set(figures.map(({ period }) => period))];
  const periodsLike = (one: string): string[] =>
    held.filter((period) => isQuarter(period) === isQuarter(one) && !period.includes('/'));
  return {
    place,
    year,
    earlier: periodsLike(year)
      .filter((period) => period < year)
      .toSorted(),
    total: (metric, period = year) => totalOf(metric, place.county, period),
    statewide: (metric, period = year) => totalOf(metric, undefined, period),
    member: (metric, by, code, period = year) => {
      const own = inTable(metric, by, place.county, period).find(({ dims }) => dims[by] === code);
      const county = place.county === undefined ? '' : `county=${place.county}|`;
      const tbl = place.county === undefined ? by : `county+${by}`;
      return found(metric, tbl, period, own?.cell ?? `${county}${by}=${code}`);
    },
    breakdown,
    lastYear: periodsLike('2000')
      .filter((period) => period <= year)
      .toSorted()
      .at(-1),
    tookPart: figures.some(
      ({ dims, period, status, value }) =>
        (place.county === undefined || dims['county'] === place.county) &&
        period === year &&
        (status === 'hidden' || (value ?? 0) > 0),
    ),
    inYear: ({ metric, tbl, cell }, period) => found(metric, tbl, period, cell),
    counties: (metric) =>
      (contracts.codeLists.get('ca_counties')?.codes ?? [])
        .filter(({ code }) => /^06\d{3}$/.test(code))
        .map(({ code, label }) => ({
          list: 'ca_counties',
          code,
          label,
          found: found(metric, 'county', year, `county=${code}`),
        })),
  };
}

export function isQuarter(period: string): boolean {
  return /^\d{4}-Q[1-4]$/.test(period);
}

function addressOf({ metric, tbl, period, cell }: ReleaseFigure): string {
  return `${metric}/${tbl}/${period}/${cell}`;
}

/** In the order of the code list, never of size: a rank tells what was hidden. */
function inOrderOf(contracts: Contracts, list: string, members: readonly Member[]): readonly Member[] {
  const order = (contracts.codeLists.get(list)?.codes ?? []).map(({ code }) => code);
  const rank = (code: string): number => (order.includes(code) ? order.indexOf(code) : order.length);
  return members.toSorted((a, b) => rank(a.code) - rank(b.code) || (a.code < b.code ? -1 : 1));
}

/** Combinations are told by their parts. */
function labelOf(contracts: Contracts, list: string, code: string): string {
  const known = contracts.codeLists.get(list)?.codes.find((one) => one.code === code)?.label;
  if (known !== undefined) return known;
  const words = code.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
