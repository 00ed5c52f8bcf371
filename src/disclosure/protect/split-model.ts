import type { Problem } from './problem.ts';
import { bounded, FREE, type Highs, type Model } from './solver.ts';

/** A hidden cell may move almost for nothing: what little it costs keeps the moves short. */
export const HIDDEN_COST = 1e-4;
const LEAST_COST = 1;

/** What the model pays for each unit by which a shown cell moves. */
export function shownCost(problem: Problem, cell: number): number {
  return Math.max(LEAST_COST, problem.costs[cell] as number);
}

/** What each column of the model costs and how far it goes: all gains first, then all losses. */
export interface Columns {
  readonly cost: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/** Each cell twice, as what it gains and as what it loses, so that either has a price. */
export function splitModel(
  highs: Highs,
  problem: Problem,
  set: (columns: Columns) => void = () => {},
): Model {
  const cells = problem.ids.length;
  const rows = problem.rows.length;
  const entries = 2 * problem.rows.reduce((so, row) => so + row.cells.length, 0);
  const starts = new Int32Array(rows + 1);
  const indices = new Int32Array(entries);
  const values = new Float64Array(entries);
  let next = 0;
  // Thousands of small models are made for one release: filled in place, since lists that grow took a quarter of the time.
  for (const [at, row] of problem.rows.entries()) {
    for (let side = 0; side < 2; side++)
      for (const [k, cell] of row.cells.entries()) {
        indices[next] = side * cells + cell;
        values[next++] = (side === 0 ? 1 : -1) * (row.coefficients[k] as number);
      }
    starts[at + 1] = next;
  }
  const columns: Columns = {
    cost: new Float64Array(2 * cells),
    lower: new Float64Array(2 * cells),
    upper: new Float64Array(2 * cells),
  };
  for (let cell = 0; cell < cells; cell++) {
    const cost = problem.start[cell] === 'hidden' ? HIDDEN_COST : shownCost(problem, cell);
    columns.cost[cell] = columns.cost[cells + cell] = cost;
    columns.upper[cell] = FREE;
    columns.upper[cells + cell] = Math.max(
      0,
      (problem.values[cell] as number) - (problem.floors[cell] as number),
    );
  }
  set(columns);
  const model = highs.createModel({
    numCols: 2 * cells,
    numRows: rows,
    colCost: columns.cost,
    colLower: columns.lower,
    colUpper: columns.upper,
    rowLower: Float64Array.from(problem.rows, (row) => bounded(row.lo)),
    rowUpper: Float64Array.from(problem.rows, (row) => bounded(row.hi)),
    matrix: {
      format: 'csr',
      numRows: rows,
      numCols: 2 * cells,
      starts,
      indices,
      values,
    },
  });
  model.options.set({ output_flag: false, presolve: 'off', solver: 'simplex' });
  return model;
}

/** Solves; false where there is no solution. */
export function optimal(highs: Highs, model: Model): boolean {
  const { modelStatus } = model.run();
  if (modelStatus === highs.constants.modelStatus.optimal) return true;
  if (modelStatus === highs.constants.modelStatus.infeasible) return false;
  // A basis gone stale can end in an unknown status: once more, from the beginning.
  model.clearSolver();
  return model.run().modelStatus === highs.constants.modelStatus.optimal;
}
