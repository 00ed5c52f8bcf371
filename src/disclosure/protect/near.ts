import { type Move, type RowsOfCell, wholeMove } from './move.ts';
import type { Problem, Row } from './problem.ts';
import { type Highs } from './solver.ts';
import { optimal, splitModel } from './split-model.ts';

/** As many cells as one small model takes. */
const CELLS_NEAR = 160;

/** The cells that may move, nearest first along the sums, from the cell outwards. */
export function neighbourhood(
  problem: Problem,
  rows: RowsOfCell,
  from: number,
  mayMove: (cell: number) => boolean,
): number[] {
  const near = [from];
  const seen = new Set(near);
  const read = new Set<number>();
  for (let at = 0; at < near.length && near.length < CELLS_NEAR; at++)
    for (const [row] of rows[near[at] as number] ?? []) {
      if (read.has(row)) continue;
      read.add(row);
      for (const cell of problem.rows[row]?.cells ?? []) {
        if (seen.has(cell) || !mayMove(cell)) continue;
        seen.add(cell);
        near.push(cell);
      }
    }
  return near.slice(0, CELLS_NEAR);
}

/** The shortest move of these cells alone that shifts the one as owed, if it comes out in whole numbers. */
export function moveWithin(
  highs: Highs,
  problem: Problem,
  rows: RowsOfCell,
  cells: readonly number[],
  target: number,
  by: number,
  dropped: ReadonlySet<string>,
): Move | undefined {
  const small = within(problem, rows, cells, dropped);
  const model = splitModel(highs, small);
  try {
    const at = cells.indexOf(target);
    model.changeColBounds(at, Math.max(by, 0), Math.max(by, 0));
    model.changeColBounds(cells.length + at, Math.max(-by, 0), Math.max(-by, 0));
    if (!optimal(highs, model)) return undefined;
    const move = wholeMove(model.getSolution().colValue, cells.length);
    return move === undefined
      ? undefined
      : { cells: move.cells.map((cell) => cells[cell] as number), by: move.by };
  } finally {
    model.dispose();
  }
}

/** The problem with only these cells left to move, all of them hidden. */
function within(
  problem: Problem,
  rows: RowsOfCell,
  cells: readonly number[],
  dropped: ReadonlySet<string>,
): Problem {
  const index = new Map(cells.map((cell, at) => [cell, at]));
  const named = new Set(cells.flatMap((cell) => (rows[cell] ?? []).map(([row]) => row)));
  const pick = <Value>(of: readonly Value[]): Value[] => cells.map((cell) => of[cell] as Value);
  return {
    ...problem,
    ids: pick(problem.ids),
    values: pick(problem.values),
    floors: pick(problem.floors),
    costs: pick(problem.costs),
    start: cells.map(() => 'hidden'),
    rows: [...named].flatMap((at) => {
      const row = problem.rows[at] as Row;
      if (row.figure !== undefined && dropped.has(row.figure)) return [];
      const kept = row.cells.flatMap((cell, k) => {
        const local = index.get(cell);
        return local === undefined ? [] : [[local, row.coefficients[k] as number] as const];
      });
      return [{ ...row, cells: kept.map(([cell]) => cell), coefficients: kept.map(([, weight]) => weight) }];
    }),
  };
}
