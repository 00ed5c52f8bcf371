import { type Cover, openCover } from './cover.ts';
import { type Cut, type Cutter, openCutter } from './cuts.ts';
import { meet } from './heuristic.ts';
import { type Master, openMaster } from './master.ts';
import { isOwedAgainst, isSum, type Obligation, type Problem } from './problem.ts';
import type { Search } from './search.ts';
import type { Highs } from './solver.ts';

/** One obligation against one attacker; `any` may be met upwards or downwards. */
interface Demand {
  readonly one: number;
  readonly attacker: number;
  readonly owed: Obligation;
  /** Supports of moves that once met it: while one of them is hidden it is met still. */
  readonly known: number[][];
  /** The master's switch between up and down. */
  readonly side: number | undefined;
}

export type Exact = { readonly proved: true; readonly cover?: Cover } | { readonly proved: false };

/**
 * Searches for the cheapest safe set: a master problem chooses what to hide, cuts tell it what will not do. Ends
 * with a cheaper cover, with the proof that none is cheaper than `known`, or with neither when the effort is spent.
 */
export function cheapest(
  highs: Highs,
  problem: Problem,
  search: Search,
  known: number,
  effort: number,
): Exact {
  // The cuts rest on equations: what an inequality leaves room for has no price in them.
  if (!problem.rows.every(isSum)) return { proved: false };
  const master = openMaster(highs, problem);
  const cutter = openCutter(highs, problem);
  try {
    const demands = demandsOf(problem, master);
    let rounds = 0;
    for (;;) {
      // A choice of the master weighs about as much as a round of small models.
      if (cutter.work() + 100 * rounds++ * problem.ids.length > effort) return { proved: false };
      const choice = master.solve();
      if (choice === 'infeasible') return { proved: true };
      if (choice === 'unknown') return { proved: false };
      if (choice.cost >= known - 1e-6) return { proved: true };
      if (addCuts(problem, demands, master, cutter, choice.isHidden)) continue;
      const cover = wholeCover(problem, search, choice.isHidden);
      if (cover !== undefined) return { proved: true, cover };
      // Possible in fractions, not in whole numbers: this set and everything inside it is ruled out.
      const others = [...problem.ids.keys()].filter(
        (cell) => problem.start[cell] === 'hideable' && !choice.isHidden(cell),
      );
      master.add({ cells: others, weights: others.map(() => 1) });
    }
  } finally {
    master.close();
    cutter.close();
  }
}

function demandsOf(problem: Problem, master: Master): Demand[] {
  return problem.obligations.flatMap((owed, one) =>
    [...problem.attackers.entries()]
      .filter(([, reader]) => isOwedAgainst(problem, owed, reader))
      .map(([attacker]) => ({
        one,
        attacker,
        owed,
        known: [],
        side: owed.move === 'any' ? master.addSwitch() : undefined,
      })),
  );
}

/** Adds the cuts that the choice breaks; false where it breaks none. The outsider is asked first. */
function addCuts(
  problem: Problem,
  demands: readonly Demand[],
  master: Master,
  cutter: Cutter,
  isHidden: (cell: number) => boolean,
): boolean {
  cutter.choose(isHidden);
  for (const outside of [true, false]) {
    let added = false;
    for (const demand of demands) {
      if ((demand.attacker === 0) !== outside) continue;
      added = addCut(problem, demand, master, cutter, isHidden) || added;
    }
    if (added) return true;
  }
  return false;
}

function addCut(
  problem: Problem,
  demand: Demand,
  master: Master,
  cutter: Cutter,
  isHidden: (cell: number) => boolean,
): boolean {
  if (demand.known.some((support) => support.every(isHidden))) return false;
  const knows = problem.attackers[demand.attacker]?.knows ?? [];
  const { cell, move } = demand.owed;
  const cuts: { cut: Cut; up: boolean }[] = [];
  for (const by of move === 'any' ? [1, -1] : [move]) {
    const answer = cutter.reach(cell, by, knows);
    if ('reached' in answer) {
      demand.known.push(answer.reached);
      return false;
    }
    cuts.push({ cut: answer.cut, up: by > 0 });
  }
  for (const { cut, up } of cuts)
    master.add(cut, demand.side === undefined ? undefined : { at: demand.side, when: up });
  return true;
}

/** The chosen set with whole-number tables for all that is owed. */
function wholeCover(
  problem: Problem,
  search: Search,
  isHidden: (cell: number) => boolean,
): Cover | undefined {
  const cover = openCover(problem);
  for (const cell of problem.ids.keys()) {
    if (problem.start[cell] !== 'hideable') continue;
    search.set(cell, isHidden(cell) ? 'hidden' : 'shown');
    if (isHidden(cell)) cover.hide(cell);
  }
  const bench = { problem, search, cover };
  return problem.obligations.every((_, one) => meet(bench, one, 'as hidden')) ? cover : undefined;
}
