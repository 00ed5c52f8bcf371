import type { Policy } from '../policy.ts';
import type { CandidateFigure } from './candidate.ts';
import { brokenDownBy, levelOf } from './level.ts';
import type { LinkedTables, PlacedFigure } from './linked-tables.ts';

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
  const small = placed.filter(
    (one) => isTotal(one) && countsOf(one, values).some((v) => v > 0 && v < threshold),
  );
  return new Set([...finerThan(levels, left), ...finerThanTotals(placed, small)]);
}

/** Levels that break down what is left out as those do, or further. */
function finerThan(levels: readonly (readonly PlacedFigure[])[], left: readonly CandidateFigure[]): string[] {
  const leftOf = Map.groupBy(left, ({ metric, period }) => `${metric} ${period}`);
  return levels.flatMap(([one]) => {
    if (one === undefined) return [];
    const { figure } = one;
    const fine = brokenDownBy(figure.dims);
    const coarser = leftOf.get(`${figure.metric} ${figure.period}`) ?? [];
    const isLeft = coarser.some(({ dims }) =>
      brokenDownBy(dims).every((dimension) => fine.includes(dimension)),
    );
    return isLeft ? [levelOf(figure)] : [];
  });
}

/**
 * Every breakdown of a total that is hidden is left out, whyever it is hidden. Of a small total there is nothing to show but
 * zeros; and if only small ones were left out, leaving out would say that a total is small.
 */
export function finerThanTotals(placed: readonly PlacedFigure[], totals: readonly PlacedFigure[]): string[] {
  const key = ({ figure: { metric, period } }: PlacedFigure): string => `${metric} ${period}`;
  const hidden = new Set(totals.filter(isTotal).map(key));
  const finer = placed.filter((one) => hidden.has(key(one)) && !isTotal(one));
  return [...new Set(finer.map(({ figure }) => levelOf(figure)))];
}

function isTotal({ figure }: PlacedFigure): boolean {
  return brokenDownBy(figure.dims).length === 0;
}

/** The counts that a figure would give away: what it is made of, and of a part and its whole the rest. */
function countsOf({ operands }: PlacedFigure, values: ReadonlyMap<string, number>): number[] {
  const counts = operands.map((id) => values.get(id) ?? 0);
  const [part, whole] = counts;
  return part === undefined || whole === undefined ? counts : [...counts, Math.abs(whole - part)];
}
