import { isPossible, type Move, type RowsOfCell, rowsOfCell, wholeMove } from './move.ts';
import type { Problem } from './problem.ts';
import { bounded, FREE, type Highs } from './solver.ts';
import { HIDDEN_COST, optimal, shownCost, splitModel } from './split-model.ts';
import { openWalker, type Use } from './walk.ts';

/** Components with more cells than this are not solved as one model. */
const LARGE = 400;

export function isLarge({ ids }: Problem): boolean {
  return ids.length > LARGE;
}

/** Branches of one whole-number search where the linear answer is fractional: counted, not timed. */
const WHOLE_NODES = 200;
/** Other corners of the linear model that are tried before that. */
const CORNERS = 4;

/**
 * One solver model for a component, kept warm: each cell is split into what it gains and what it loses, and
 * a search asks for the cheapest move that shifts one cell as owed while the cells an attacker knows stay.
 */
export interface Search {
  /** A move of hidden cells alone, if one is found close by: that is most of the work. */
  near(cell: number, by: number, knows: readonly number[], thoroughly: boolean): Move | undefined;
  /** The cheapest move, whichever cells it would have to hide. */
  find(cell: number, by: number, knows: readonly number[]): Move | undefined;
  /** Moves that were found besides and not asked for yet. */
  spare(): Move[];
  /** Sets what hiding costs: `hidden` moves freely, `shown` at its cost, `banned` not at all. */
  set(cell: number, as: 'hidden' | 'shown' | 'banned'): void;
  setCost(cell: number, cost: number): void;
  dropFigure(figure: string): void;
  restoreFigure(figure: string): void;
  readonly dropped: ReadonlySet<string>;
  readonly rows: RowsOfCell;
  /** Models solved so far, weighed by their size: what effort is measured in, the same on every machine. */
  readonly work: () => number;
  close(): void;
}

export function openSearch(highs: Highs, problem: Problem): Search {
  const cells = problem.ids.length;
  const model = splitModel(highs, problem);
  const rows = rowsOfCell(problem);
  const dropped = new Set<string>();
  const walker = openWalker(problem);
  const use = (cell: number): Use => (state[cell] === 'hidden' ? 'free' : 'not');
  let work = 0;
  const state: ('hidden' | 'shown' | 'banned')[] = problem.start.map((start) =>
    start === 'hidden' ? 'hidden' : 'shown',
  );
  const loss = (cell: number): number => (problem.values[cell] as number) - (problem.floors[cell] as number);

  const free = (cell: number): void => {
    model.changeColBounds(cell, 0, FREE);
    model.changeColBounds(cells + cell, 0, Math.max(0, loss(cell)));
  };
  const fix = (cell: number, by: number): void => {
    model.changeColBounds(cell, Math.max(by, 0), Math.max(by, 0));
    model.changeColBounds(cells + cell, Math.max(-by, 0), Math.max(-by, 0));
  };
  const release = (cell: number): void => (state[cell] === 'banned' ? fix(cell, 0) : free(cell));
  const costs = problem.start.map((start, cell) =>
    start === 'hidden' ? HIDDEN_COST : shownCost(problem, cell),
  );
  const setCost = (cell: number, cost: number): void => {
    costs[cell] = cost;
    price(cell, cost);
  };
  const price = (cell: number, cost: number): void => {
    model.changeColCost(cell, cost);
    model.changeColCost(cells + cell, cost);
  };
  const solve = (): Move | undefined => {
    work += cells;
    if (!optimal(highs, model)) return undefined;
    const solution = model.getSolution().colValue;
    return answerOf(solution) ?? otherCorner(solution) ?? solveWhole(solution);
  };
  const answerOf = (solution: Float64Array): Move | undefined => {
    const move = wholeMove(solution, cells);
    return move !== undefined && isPossible(problem, rows, move, dropped) ? move : undefined;
  };
  /** Makes the cells that came out fractional dearer, by different amounts, and looks where that leads. */
  const otherCorner = (first: Float64Array): Move | undefined => {
    const dearer = new Set<number>();
    let solution = first;
    let move: Move | undefined;
    for (let round = 1; round <= CORNERS && move === undefined; round++) {
      for (const cell of fractional(solution, cells)) {
        dearer.add(cell);
        price(cell, (costs[cell] as number) * (1 + round * (1 + ((cell * 7919) % 13))));
      }
      work += cells;
      if (!optimal(highs, model)) break;
      solution = model.getSolution().colValue;
      move = answerOf(solution);
    }
    for (const cell of dearer) price(cell, costs[cell] as number);
    return move;
  };
  /** The first whole-number move among the hidden cells and those that the fractional one uses. */
  const solveWhole = (near: Float64Array): Move | undefined => {
    work += 20 * cells;
    const out = problem.ids.flatMap((_, cell) => {
      const used = Math.abs((near[cell] as number) - (near[cells + cell] as number)) > 1e-6;
      return state[cell] === 'shown' && !used ? [cell] : [];
    });
    for (const cell of out) fix(cell, 0);
    model.changeColsIntegrality(
      { kind: 'range', from: 0, to: 2 * cells - 1 },
      new Int32Array(2 * cells).fill(1),
    );
    model.options.set({ presolve: 'on', mip_max_nodes: WHOLE_NODES, mip_max_improving_sols: 1 });
    const { modelStatus } = model.run();
    const move = hasSolution(highs, modelStatus) ? answerOf(model.getSolution().colValue) : undefined;
    model.clearIntegrality();
    model.options.set({ presolve: 'off' });
    for (const cell of out) free(cell);
    return move;
  };

  return {
    rows,
    dropped,
    spare: () => [],
    work: () => work,
    near(cell, by, knows) {
      if (by < -loss(cell) || knows.includes(cell)) return undefined;
      const walk = { target: cell, by, knows, use, price: () => 0, dropped };
      const before = walker.steps();
      const move = walker.seek(walk, 0) ?? walker.seek(walk, 1);
      work += walker.steps() - before;
      return move !== undefined && isPossible(problem, rows, move, dropped) ? move : undefined;
    },
    find(cell, by, knows) {
      if (by < -loss(cell) || knows.includes(cell)) return undefined;
      fix(cell, by);
      for (const known of knows) fix(known, 0);
      const move = solve();
      for (const known of knows) release(known);
      release(cell);
      return move;
    },
    set(cell, as) {
      state[cell] = as;
      setCost(cell, as === 'hidden' ? HIDDEN_COST : shownCost(problem, cell));
      release(cell);
    },
    setCost,
    dropFigure(figure) {
      dropped.add(figure);
      for (const [at, row] of problem.rows.entries())
        if (row.figure === figure) model.changeRowBounds(at, -FREE, FREE);
    },
    restoreFigure(figure) {
      dropped.delete(figure);
      for (const [at, row] of problem.rows.entries())
        if (row.figure === figure) model.changeRowBounds(at, bounded(row.lo), bounded(row.hi));
    },
    close: () => model.dispose(),
  };
}

function fractional(solution: Float64Array, cells: number): number[] {
  return Array.from({ length: cells }, (_, cell) => cell).filter((cell) => {
    const z = (solution[cell] as number) - (solution[cells + cell] as number);
    return Math.abs(z - Math.round(z)) > 1e-5;
  });
}

function hasSolution(highs: Highs, status: number): boolean {
  const { optimal, solutionLimit } = highs.constants.modelStatus;
  return status === optimal || status === solutionLimit;
}
