/**
 * How many persons were seen on exactly which lists. A history is a bit mask: bit i is set when the person is
 * on list i, so that `counts[0]` (nobody saw them) is always 0 and never a datum.
 */
export interface CaptureTable {
  readonly lists: readonly string[];
  readonly counts: Float64Array;
}

/** Nine lists have 511 histories and 36 pairs to depend on each other; no county has the overlaps to fill them. */
export const MOST_LISTS = 8;

export function captureTable(lists: readonly string[], counts: ArrayLike<number>): CaptureTable {
  const cells = 1 << lists.length;
  if (counts.length !== cells)
    throw new RangeError(`${lists.length} lists need ${cells} cells, the empty history included`);
  const own = Float64Array.from(counts);
  own[0] = 0;
  return { lists, counts: own };
}

export function persons(table: CaptureTable): number {
  return table.counts.reduce((sum, count) => sum + count, 0);
}

/** The number of lists in a history. */
export function size(history: number): number {
  let rest = history;
  let bits = 0;
  while (rest !== 0) {
    rest &= rest - 1;
    bits++;
  }
  return bits;
}

/** Replaces every cell by the sum over the cells that contain it: `out[θ]` counts persons on all lists of θ. */
export function sumOverSupersets(values: Float64Array, lists: number): Float64Array {
  for (let list = 0; list < lists; list++) {
    const bit = 1 << list;
    for (let cell = 0; cell < values.length; cell++) {
      if ((cell & bit) === 0) values[cell]! += values[cell | bit]!;
    }
  }
  return values;
}

/** Replaces every cell by the sum over the cells that it contains. */
export function sumOverSubsets(values: Float64Array, lists: number): Float64Array {
  for (let list = 0; list < lists; list++) {
    const bit = 1 << list;
    for (let cell = 0; cell < values.length; cell++) {
      if ((cell & bit) !== 0) values[cell]! += values[cell ^ bit]!;
    }
  }
  return values;
}

/** `overlaps(table)[θ]`: persons on all lists of θ, whatever else they are on. */
export function overlaps(table: CaptureTable): Float64Array {
  return sumOverSupersets(table.counts.slice(), table.lists.length);
}

/** `[0, f1, f2, …]`: persons on exactly one list, exactly two, … */
export function byNumberOfLists(table: CaptureTable): number[] {
  const frequencies = Array.from({ length: table.lists.length + 1 }, () => 0);
  table.counts.forEach((count, history) => (frequencies[size(history)]! += count));
  return frequencies;
}

/** Takes bit `list` out of a history and closes the gap. */
function squeeze(history: number, list: number): number {
  const low = history & ((1 << list) - 1);
  return low | ((history >> (list + 1)) << list);
}

/** The table as if one list had never been kept: those seen on it alone are lost. */
export function withoutList(table: CaptureTable, list: number): CaptureTable {
  const counts = new Float64Array(table.counts.length / 2);
  table.counts.forEach((count, history) => (counts[squeeze(history, list)]! += count));
  return captureTable(
    table.lists.filter((_, index) => index !== list),
    counts,
  );
}

/** Only the persons on one list, as the other lists see them; those whom no other list saw are the hidden ones. */
export function withinList(table: CaptureTable, list: number): CaptureTable {
  const counts = new Float64Array(table.counts.length / 2);
  table.counts.forEach((count, history) => {
    if ((history & (1 << list)) !== 0) counts[squeeze(history, list)]! += count;
  });
  return captureTable(
    table.lists.filter((_, index) => index !== list),
    counts,
  );
}
