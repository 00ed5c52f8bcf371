/**
 * Weighted least squares by Householder reflections on √W·X, which does not square the condition of the design as
 * normal equations would. Returns undefined when the columns are dependent to working precision.
 */
export interface LeastSquares {
  readonly coefficients: Float64Array;
  /** Diagonal entry 0 of (X'WX)⁻¹. */
  readonly firstVariance: number;
}

export function leastSquares(
  columns: readonly Float64Array[],
  weights: Float64Array,
  response: Float64Array,
): LeastSquares | undefined {
  const roots = weights.map(Math.sqrt);
  const q = columns.map((column) => column.map((entry, i) => entry * roots[i]!));
  const z = response.map((entry, i) => entry * roots[i]!);
  const p = columns.length;
  const diagonal = new Float64Array(p);
  for (let j = 0; j < p; j++) {
    const column = q[j]!;
    let norm = 0;
    let whole = 0;
    for (let i = 0; i < column.length; i++) {
      const square = column[i]! ** 2;
      whole += square;
      if (i >= j) norm += square;
    }
    norm = Math.sqrt(norm);
    if (!(norm > 1e-13 * Math.sqrt(whole))) return undefined;
    const pivot = column[j]! > 0 ? -norm : norm;
    diagonal[j] = pivot;
    // The reflection v v' / h that sends the column below row j to (pivot, 0, 0, …).
    const h = norm * norm - column[j]! * pivot;
    column[j]! -= pivot;
    const reflect = (target: Float64Array): void => {
      let dot = 0;
      for (let i = j; i < column.length; i++) dot += column[i]! * target[i]!;
      const factor = dot / h;
      for (let i = j; i < column.length; i++) target[i]! -= factor * column[i]!;
    };
    for (let k = j + 1; k < p; k++) reflect(q[k]!);
    reflect(z);
  }
  const coefficients = new Float64Array(p);
  for (let j = p - 1; j >= 0; j--) {
    let value = z[j]!;
    for (let k = j + 1; k < p; k++) value -= q[k]![j]! * coefficients[k]!;
    coefficients[j] = value / diagonal[j]!;
  }
  // Row 0 of R⁻¹ solves y R = e0'; its squared length is the first diagonal entry of (R'R)⁻¹.
  const row = new Float64Array(p);
  let firstVariance = 0;
  for (let j = 0; j < p; j++) {
    let value = j === 0 ? 1 : 0;
    for (let k = 0; k < j; k++) value -= row[k]! * q[j]![k]!;
    row[j] = value / diagonal[j]!;
    firstVariance += row[j]! ** 2;
  }
  return { coefficients, firstVariance };
}
