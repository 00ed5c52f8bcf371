import type { Problem } from './problem.ts';

/** Another possible table, told by the cells in which it differs from the truth and by how much. */
export interface Move {
  readonly cells: readonly number[];
  readonly by: readonly number[];
}

/** The rows of each cell, for checking a sparse move without reading the whole table. */
export type RowsOfCell = readonly (readonly (readonly [row: number, coefficient: number])[])[];

export function rowsOfCell(problem: Problem): RowsOfCell {
  const of: [number, number][][] = problem.ids.map(() => []);
  for (const [row, { cells, coefficients }] of problem.rows.entries())
    for (const [k, cell] of cells.entries()) of[cell]?.push([row, coefficients[k] as number]);
  return of;
}

/** Whether the move keeps every row and floor, in whole numbers: what a solver says is never taken on trust. */
export function isPossible(
  problem: Problem,
  rows: RowsOfCell,
  move: Move,
  dropped: ReadonlySet<string>,
): boolean {
  const sums = new Map<number, number>();
  for (const [k, cell] of move.cells.entries()) {
    const by = move.by[k] as number;
    if (!Number.isInteger(by)) return false;
    if ((problem.values[cell] as number) + by < (problem.floors[cell] as number)) return false;
    for (const [row, coefficient] of rows[cell] ?? []) sums.set(row, (sums.get(row) ?? 0) + coefficient * by);
  }
  for (const [at, sum] of sums) {
    const row = problem.rows[at];
    if (row === undefined || (row.figure !== undefined && dropped.has(row.figure))) continue;
    if (sum < row.lo || sum > row.hi) return false;
  }
  return true;
}

/** The parts of a move that no row ties together: each is a move by itself, and touches less. */
export function partsOf(problem: Problem, rows: RowsOfCell, { cells, by }: Move): Move[] {
  const at = new Map(cells.map((cell, k) => [cell, k]));
  const taken = new Set<number>();
  const read = new Set<number>();
  const parts: Move[] = [];
  for (const first of cells) {
    if (taken.has(first)) continue;
    const part = [first];
    taken.add(first);
    for (const cell of part)
      for (const [row] of rows[cell] ?? []) {
        if (read.has(row)) continue;
        read.add(row);
        for (const other of problem.rows[row]?.cells ?? []) {
          if (taken.has(other) || !at.has(other)) continue;
          taken.add(other);
          part.push(other);
        }
      }
    parts.push({ cells: part, by: part.map((cell) => by[at.get(cell) as number] as number) });
  }
  return parts;
}

/** The whole-number move nearest to a solver's answer; nothing where the answer is fractional. */
export function wholeMove(solution: Float64Array, cells: number): Move | undefined {
  const at: number[] = [];
  const by: number[] = [];
  for (let cell = 0; cell < cells; cell++) {
    const z = (solution[cell] as number) - (solution[cells + cell] as number);
    const whole = Math.round(z);
    if (Math.abs(z - whole) > 1e-5) return undefined;
    if (whole === 0) continue;
    at.push(cell);
    by.push(whole);
  }
  return { cells: at, by };
}
