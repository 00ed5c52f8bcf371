/**
 * Does the maximum-likelihood estimate exist? For a Poisson log-linear model with design matrix A and observed
 * sufficient statistics t, it does exactly when some x > 0 has A'x = t (Fienberg & Rinaldo 2012). The largest s
 * for which some x ≥ s has A'x = t answers it; a primal simplex finds whether that s is positive.
 */

const ZERO = 1e-9;
/** A positive optimum is a ratio of small determinants of a 0/1 matrix, far above this, and 0 is far below. */
const POSITIVE = 1e-7;

/**
 * `design` holds one row per effect and one column per cell that can be positive; `statistics` the row's sum over
 * the observed counts, so that the counts themselves are a solution of A'x = t.
 */
export function estimateExists(design: readonly Float64Array[], statistics: ArrayLike<number>): boolean {
  return largestSmallest(design, statistics) > POSITIVE;
}

/** The largest s with A'x = t and x ≥ s ≥ 0; stops early with a positive lower bound once there is one. */
function largestSmallest(design: readonly Float64Array[], statistics: ArrayLike<number>): number {
  const cells = design[0]?.length ?? 0;
  const scale = Math.max(1, ...Array.from(statistics, Math.abs));
  // With x = s + u the unknowns are u (one per cell) and s in column `cells`; the right side is the last column.
  const level = cells;
  const right = cells + 1;
  const rows = design.map((row, index) => {
    const line = new Float64Array(cells + 2);
    line.set(row);
    line[level] = row.reduce((sum, entry) => sum + entry, 0);
    const value = statistics[index]!;
    line[right] = value;
    return value < 0 ? line.map((entry) => -entry) : line;
  });
  const basis = rows.map(() => -1);
  reachFeasible(rows, basis, right, scale);
  leaveArtificial(rows, basis, level);
  return raiseLevel(rows, basis, level, right);
}

/** Phase one: drives the artificial variables (basis −1) to zero, which is possible because the counts solve it. */
function reachFeasible(rows: Float64Array[], basis: number[], right: number, scale: number): void {
  const infeasibility = new Float64Array(right + 1);
  for (const row of rows) for (let j = 0; j <= right; j++) infeasibility[j]! += row[j]!;
  for (let turn = 0; infeasibility[right]! > ZERO * scale; turn++) {
    const entering = enteringColumn(infeasibility, right, turn > 20 * (rows.length + right));
    if (entering < 0) return;
    const leaving = leavingRow(rows, basis, entering, right);
    if (leaving < 0) return;
    pivot(rows, infeasibility, leaving, entering);
    basis[leaving] = entering;
  }
}

/** An artificial variable left at zero either gives way to some column or shows its row to be redundant. */
function leaveArtificial(rows: Float64Array[], basis: number[], level: number): void {
  for (let i = rows.length - 1; i >= 0; i--) {
    if (basis[i] !== -1) continue;
    const row = rows[i]!;
    let column = -1;
    for (let j = 0; j <= level; j++) {
      if (Math.abs(row[j]!) > ZERO * 100 && (column < 0 || Math.abs(row[j]!) > Math.abs(row[column]!)))
        column = j;
    }
    if (column < 0) {
      rows.splice(i, 1);
      basis.splice(i, 1);
    } else {
      pivot(rows, undefined, i, column);
      basis[i] = column;
    }
  }
}

/** Phase two: raises s; the first basis in which it is positive settles the question. */
function raiseLevel(rows: Float64Array[], basis: number[], level: number, right: number): number {
  const gain = new Float64Array(right + 1);
  gain[level] = 1;
  const at = basis.indexOf(level);
  if (at >= 0) for (let j = 0; j <= right; j++) gain[j]! -= rows[at]![j]!;
  for (let turn = 0; ; turn++) {
    if (-gain[right]! > POSITIVE) return -gain[right]!;
    const entering = enteringColumn(gain, right, turn > 2 * rows.length);
    if (entering < 0) return Math.max(0, -gain[right]!);
    const leaving = leavingRow(rows, basis, entering, right);
    if (leaving < 0) return Infinity;
    pivot(rows, gain, leaving, entering);
    basis[leaving] = entering;
  }
}

/** Dantzig's choice, or Bland's once `careful`, which cannot cycle. */
function enteringColumn(gain: Float64Array, right: number, careful: boolean): number {
  let best = -1;
  for (let j = 0; j < right; j++) {
    if (gain[j]! <= ZERO * 10) continue;
    if (careful) return j;
    if (best < 0 || gain[j]! > gain[best]!) best = j;
  }
  return best;
}

function leavingRow(
  rows: readonly Float64Array[],
  basis: readonly number[],
  entering: number,
  right: number,
) {
  let leaving = -1;
  let smallest = Infinity;
  rows.forEach((row, i) => {
    const entry = row[entering]!;
    if (entry <= ZERO) return;
    const ratio = row[right]! / entry;
    if (ratio < smallest - ZERO || (ratio < smallest + ZERO && basis[i]! < (basis[leaving] ?? Infinity))) {
      smallest = Math.min(ratio, smallest);
      leaving = i;
    }
  });
  return leaving;
}

function pivot(
  rows: readonly Float64Array[],
  objective: Float64Array | undefined,
  at: number,
  column: number,
) {
  const row = rows[at]!;
  const factor = 1 / row[column]!;
  for (let j = 0; j < row.length; j++) row[j]! *= factor;
  const eliminate = (line: Float64Array): void => {
    const multiple = line[column]!;
    if (multiple === 0) return;
    for (let j = 0; j < line.length; j++) line[j]! -= multiple * row[j]!;
    line[column] = 0;
  };
  for (const other of rows) if (other !== row) eliminate(other);
  if (objective !== undefined) eliminate(objective);
}

/** The rank of the design: below the number of effects, the data cannot tell them apart. */
export function rankOf(design: readonly Float64Array[]): number {
  const rows = design.map((row) => row.slice());
  const columns = rows[0]?.length ?? 0;
  let rank = 0;
  for (let column = 0; column < columns && rank < rows.length; column++) {
    let best = rank;
    for (let i = rank + 1; i < rows.length; i++)
      if (Math.abs(rows[i]![column]!) > Math.abs(rows[best]![column]!)) best = i;
    const lead = rows[best]!;
    if (Math.abs(lead[column]!) < ZERO * 10) continue;
    rows[best] = rows[rank]!;
    rows[rank] = lead;
    for (let i = rank + 1; i < rows.length; i++) {
      const row = rows[i]!;
      const multiple = row[column]! / lead[column]!;
      if (multiple === 0) continue;
      for (let j = column; j < columns; j++) row[j]! -= multiple * lead[j]!;
    }
    rank++;
  }
  return rank;
}
