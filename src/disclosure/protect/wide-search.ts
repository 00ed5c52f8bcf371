import { isPossible, type Move, partsOf, rowsOfCell } from './move.ts';
import { moveWithin, neighbourhood } from './near.ts';
import type { Problem } from './problem.ts';
import type { Search } from './search.ts';
import type { Highs } from './solver.ts';
import { HIDDEN_COST, shownCost } from './split-model.ts';
import { openWalker, type Use } from './walk.ts';

/** Walks among hidden cells, before a small model is asked: hardly ever does a second one find what the first did not. */
const TRIES = 1;
/** Walks that may hide more, of which the cheapest is taken. */
const PRICED_TRIES = 2;
/** As many cells as one model takes: close by, and further out where that is not enough. */
const NEAR = [120];
const FURTHER = [480, 2560];
/** After so many that found nothing, and as many more as found something, models of that size are left out. */
const PATIENCE = 8;
const nothing = (): undefined => undefined;

/** What one step of a walk counts for, against one cell of a model that is solved. */
const STEP = 0.5;
/** A cell's own cost in units of a row's imbalance: one more blank costs something, however small the cell is. */
const PRICE = { each: 4, perUnit: 0.25 } as const;

/**
 * The search for a component that is too large to solve as one model: walks first, and where they lose their way a model
 * of the cells close by. Without a solver it walks only.
 */
export function openWideSearch(
  highs: Highs | undefined,
  problem: Problem,
  wanted: (cell: number) => number | undefined,
): Search {
  const rows = rowsOfCell(problem);
  const walker = openWalker(problem);
  const dropped = new Set<string>();
  const state: ('hidden' | 'shown' | 'banned')[] = problem.start.map((start) =>
    start === 'hidden' ? 'hidden' : 'shown',
  );
  const costs = problem.start.map((start, cell) =>
    start === 'hidden' ? HIDDEN_COST : shownCost(problem, cell),
  );
  const spare: Move[] = [];
  let solved = 0;
  const loss = (cell: number): number => (problem.values[cell] as number) - (problem.floors[cell] as number);
  const free = (cell: number): Use => (state[cell] === 'hidden' ? 'free' : 'not');
  const priced = (cell: number): Use =>
    state[cell] === 'hidden' ? 'free' : state[cell] === 'shown' ? 'priced' : 'not';
  const price = (cell: number): number => PRICE.each + PRICE.perUnit * (costs[cell] as number);
  const possible = (move: Move | undefined): Move | undefined =>
    move !== undefined && isPossible(problem, rows, move, dropped) ? move : undefined;
  const walked = (target: number, by: number, knows: readonly number[], use: typeof free, attempt: number) =>
    possible(walker.seek({ target, by, knows, use, price, dropped }, attempt));
  /** How often models of a size found a move, and how often they did not. */
  const tried = new Map<number, { found: number; failed: number }>();
  const isWorthAsking = (size: number): boolean => {
    const { found = 0, failed = 0 } = tried.get(size) ?? {};
    return failed <= PATIENCE + found;
  };
  const modelled = (
    target: number,
    by: number,
    knows: readonly number[],
    use: typeof free,
    sizes: readonly number[],
  ): Move | undefined => {
    if (highs === undefined) return undefined;
    const known = new Set(knows);
    const isFree = (cell: number): boolean => use(cell) === 'free';
    const mayMove = (cell: number): boolean => use(cell) !== 'not' && !known.has(cell);
    for (const [at, size] of sizes.entries()) {
      const around = neighbourhood(problem, rows, target, size, mayMove);
      const isLast = at === sizes.length - 1 || around.length < size;
      if (!isLast && !isWorthAsking(size)) continue;
      const given = { cells: around, target, by, isFree, dropped, wanted };
      // What is wanted besides hardly ever stands in the way: it is given up at the last.
      for (const want of isLast ? [wanted, nothing] : [wanted]) {
        solved += around.length;
        const move = possible(moveWithin(highs, problem, rows, { ...given, wanted: want }));
        const sofar = tried.get(size) ?? { found: 0, failed: 0 };
        tried.set(size, sofar);
        if (move === undefined) sofar.failed++;
        else sofar.found++;
        if (move !== undefined) return ownPart(move, target);
      }
      // A larger one would be the same.
      if (isLast) return undefined;
    }
    return undefined;
  };
  /** The part that moves the target; the others are moves in their own right. */
  const ownPart = (move: Move, target: number): Move => {
    const parts = partsOf(problem, rows, move);
    spare.push(...parts.filter(({ cells }) => !cells.includes(target)));
    return parts.find(({ cells }) => cells.includes(target)) ?? move;
  };
  const costOf = (move: Move): number =>
    move.cells.reduce((so, cell) => so + (state[cell] === 'hidden' ? 0 : (problem.costs[cell] as number)), 0);

  return {
    rows,
    dropped,
    spare: () => spare.splice(0),
    work: () => solved + Math.ceil(STEP * walker.steps()),
    near(cell, by, knows, thoroughly) {
      if (by < -loss(cell) || knows.includes(cell)) return undefined;
      for (let attempt = 0; attempt < TRIES; attempt++) {
        const move = walked(cell, by, knows, free, attempt);
        if (move !== undefined) return move;
      }
      return thoroughly ? modelled(cell, by, knows, free, NEAR) : undefined;
    },
    find(cell, by, knows) {
      if (by < -loss(cell) || knows.includes(cell)) return undefined;
      const found: Move[] = [];
      for (let attempt = 0; attempt < PRICED_TRIES; attempt++) {
        const move = walked(cell, by, knows, priced, attempt);
        if (move !== undefined) found.push(move);
      }
      const near = modelled(cell, by, knows, priced, found.length === 0 ? FURTHER : NEAR);
      if (near !== undefined) found.push(near);
      return found.toSorted((a, b) => costOf(a) - costOf(b))[0];
    },
    set(cell, as) {
      state[cell] = as;
      costs[cell] = as === 'hidden' ? HIDDEN_COST : shownCost(problem, cell);
    },
    setCost(cell, cost) {
      costs[cell] = cost;
    },
    dropFigure: (figure) => dropped.add(figure),
    restoreFigure: (figure) => dropped.delete(figure),
    close() {},
  };
}
