import type { Policy } from '../policy.ts';
import { brokenDownBy, type LinkedTables, levelOf, type PlacedFigure } from './linked-tables.ts';

/**
 * That a level is left out says of no single cell that it is small, as long as one of its cells need not be: with
 * fewer cells than this it might.
 */
const LEAST_CELLS = 10;

/**
 * Levels of detail that are not worth blanking cell by cell: too few of their cells that are not zero could be shown
 * even before anything else has to be hidden. They are left out as a whole, zeros included, and so is what is finer
 * still; coarser levels and pooled years are judged by themselves.
 */
export function tooSparse({ placed, table }: LinkedTables, { leastShown, threshold }: Policy): Set<string> {
  if (leastShown === undefined) return new Set();
  const values = new Map(table.cells.map(({ id, v, fixed }) => [id, fixed ? 0 : v]));
  const levels = [...Map.groupBy(placed, ({ figure }) => levelOf(figure)).values()];
  const sparse = levels.filter((level) => {
    const crossed = brokenDownBy(level[0]?.figure.dims ?? {}).length > 1;
    const share = crossed ? leastShown.crossed : leastShown.single;
    const counted = level.map((one) => countsOf(one, values)).filter((counts) => counts.some((v) => v > 0));
    const open = counted.filter((counts) => counts.every((v) => v === 0 || v >= threshold));
    return counted.length >= LEAST_CELLS && open.length < share * counted.length;
  });
  const left = sparse.flatMap(([one]) => (one === undefined ? [] : [one.figure]));
  const isFiner = (fine: readonly string[], coarse: readonly string[]): boolean =>
    coarse.every((dimension) => fine.includes(dimension));
  const leftOf = Map.groupBy(left, ({ metric, period }) => `${metric} ${period}`);
  return new Set(
    levels.flatMap(([one]) => {
      if (one === undefined) return [];
      const { figure } = one;
      const fine = brokenDownBy(figure.dims);
      const coarser = leftOf.get(`${figure.metric} ${figure.period}`) ?? [];
      return coarser.some(({ dims }) => isFiner(fine, brokenDownBy(dims))) ? [levelOf(figure)] : [];
    }),
  );
}

/** The counts that a figure would give away: what it is made of, and of a part and its whole the rest. */
function countsOf({ operands }: PlacedFigure, values: ReadonlyMap<string, number>): number[] {
  const counts = operands.map((id) => values.get(id) ?? 0);
  const [part, whole] = counts;
  return part === undefined || whole === undefined ? counts : [...counts, Math.abs(whole - part)];
}
