/** Dense symmetric positive-definite systems, row-major, in place. */

/** Factors `matrix` (n × n, lower triangle) into L Lᵀ; false when it is not positive definite to working precision. */
export function factor(matrix: Float64Array, n: number): boolean {
  for (let j = 0; j < n; j++) {
    const row = j * n;
    const original = matrix[row + j]!;
    let pivot = original;
    for (let k = 0; k < j; k++) pivot -= matrix[row + k]! ** 2;
    if (!(pivot > original * 1e-15)) return false;
    const root = Math.sqrt(pivot);
    matrix[row + j] = root;
    for (let i = j + 1; i < n; i++) {
      const below = i * n;
      let value = matrix[below + j]!;
      for (let k = 0; k < j; k++) value -= matrix[below + k]! * matrix[row + k]!;
      matrix[below + j] = value / root;
    }
  }
  return true;
}

/** Replaces `vector` by the solution of L Lᵀ x = vector. */
export function solve(factored: Float64Array, n: number, vector: Float64Array): void {
  for (let i = 0; i < n; i++) {
    let value = vector[i]!;
    for (let k = 0; k < i; k++) value -= factored[i * n + k]! * vector[k]!;
    vector[i] = value / factored[i * n + i]!;
  }
  for (let i = n - 1; i >= 0; i--) {
    let value = vector[i]!;
    for (let k = i + 1; k < n; k++) value -= factored[k * n + i]! * vector[k]!;
    vector[i] = value / factored[i * n + i]!;
  }
}

/** The first diagonal entry of the inverse. */
export function firstOfInverse(factored: Float64Array, n: number): number {
  const unit = new Float64Array(n);
  unit[0] = 1;
  solve(factored, n, unit);
  return unit[0];
}
