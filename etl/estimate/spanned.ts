/**
 * Two questions about a hierarchical model that need no linear programme. The effects that are left of it hold every subset of
 * each of their sets, since a set of lists shares nobody as soon as a subset of it does.
 */

/** At least half a person: expected counts next to nothing are left to the linear programme. */
const SEEN = 0.5;
/** Far under any pivot of a small matrix of zeros and ones, and far over what rounding leaves of a zero. */
const ZERO = 1e-8;

/**
 * Whether the cells in which somebody was seen span all effects. Then the estimate exists and is unique: whatever the empty
 * cells take to become positive can be given back by those, without any sum of the model changing.
 */
export function spannedBySeen(
  terms: Int32Array,
  cells: Int32Array,
  counts: Float64Array,
  rows: Float64Array = new Float64Array(terms.length ** 2),
): boolean {
  const p = terms.length;
  const pivots = new Int32Array(p);
  let rank = 0;
  for (let at = cells.length - 1; at >= 0 && rank < p; at--) {
    const cell = cells[at]!;
    if (!(counts[cell]! >= SEEN)) continue;
    const row = rank * p;
    for (let j = 0; j < p; j++) rows[row + j] = (cell & terms[j]!) === terms[j]! ? 1 : 0;
    for (let i = 0; i < rank; i++) {
      const multiple = rows[row + pivots[i]!]!;
      if (multiple === 0) continue;
      for (let j = 0; j < p; j++) rows[row + j]! -= multiple * rows[i * p + j]!;
    }
    let largest = 0;
    for (let j = 1; j < p; j++) if (Math.abs(rows[row + j]!) > Math.abs(rows[row + largest]!)) largest = j;
    const pivot = rows[row + largest]!;
    if (Math.abs(pivot) < ZERO) continue;
    for (let j = 0; j < p; j++) rows[row + j]! /= pivot;
    pivots[rank++] = largest;
  }
  return rank === p;
}

/**
 * Whether the cells that can be positive tell all effects apart. On the cells that are effects themselves the effects but the
 * intercept are independent, and the only combination of them that equals the intercept there takes each set of j lists (−1)^(j+1)
 * times. So the intercept is told apart exactly if that combination is not 1 on some other cell.
 */
export function toldApart(terms: Int32Array, cells: Int32Array): boolean {
  for (const cell of cells) {
    let combination = 0;
    for (const term of terms) if (term !== 0 && (cell & term) === term) combination += isOdd(term) ? 1 : -1;
    if (combination !== 1) return true;
  }
  return false;
}

function isOdd(set: number): boolean {
  let odd = false;
  for (let rest = set; rest !== 0; rest &= rest - 1) odd = !odd;
  return odd;
}
