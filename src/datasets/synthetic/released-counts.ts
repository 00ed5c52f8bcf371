/** What a release shows of how many young people there were: all that synthetic rows are made of. */
import type { ReleaseFigure } from '../../disclosure/release/release-figures.ts';

/** One table of one period, its margins left out. */
export interface ReleasedCounts {
  readonly dimensions: readonly string[];
  /** By the members in the order of the dimensions; null where the release shows no number. */
  readonly cells: ReadonlyMap<string, { readonly members: readonly string[]; readonly count: number | null }>;
}

const ALL = 'all';

/** The tables of a metric in a period, coarsest first. Whatever a hidden figure might carry is not looked at. */
export function releasedCounts(
  figures: readonly ReleaseFigure[],
  metric: string,
  period: string,
): ReleasedCounts[] {
  const own = figures
    .filter((figure) => figure.metric === metric && figure.period === period)
    .toSorted((a, b) => (a.cell < b.cell ? -1 : 1));
  return [...Map.groupBy(own, ({ tbl }) => tbl)]
    .map(([tbl, cells]) => {
      const dimensions = tbl === ALL ? [] : tbl.split('+');
      const inside = cells.filter(({ dims }) => dimensions.every((name) => dims[name] !== ALL));
      return {
        dimensions,
        cells: new Map(
          inside.map((figure) => {
            const members = dimensions.map((name) => figure.dims[name] ?? ALL);
            return [keyOf(members), { members, count: shownCount(figure) }];
          }),
        ),
      };
    })
    .toSorted(
      (a, b) =>
        a.dimensions.length - b.dimensions.length || (a.dimensions.join() < b.dimensions.join() ? -1 : 1),
    );
}

export function keyOf(members: readonly string[]): string {
  return members.join('|');
}

export function isShown({ status }: Pick<ReleaseFigure, 'status'>): boolean {
  return status === 'shown' || status === 'provisional';
}

function shownCount(figure: ReleaseFigure): number | null {
  return isShown(figure) ? figure.numerator : null;
}
