import type { Component } from './components.ts';
import { openCover } from './cover.ts';
import { cheapest } from './exact.ts';
import { coverAll, exchange, trim } from './heuristic.ts';
import type { Move } from './move.ts';
import type { Problem } from './problem.ts';
import { isLarge, openSearch } from './search.ts';
import type { Highs } from './solver.ts';
import { openWideSearch } from './wide-search.ts';

/** A component made safe: what is hidden, the possible tables that prove it, and what it costs. */
export interface Protected {
  readonly hidden: readonly number[];
  readonly droppedFigures: readonly string[];
  readonly moves: readonly Move[];
  readonly cost: number;
  readonly optimal: boolean;
}

/**
 * How hard to look for a cheaper set, in solved models times their cells. Counted and not timed, so that a release
 * that is made again is the same to the byte on any machine.
 */
export interface Effort {
  /** For making a component's safe set cheaper. */
  readonly improve: number;
  /** Components with at most this many cells are solved to the proved optimum. */
  readonly exactCells: number;
  /** For that proof. */
  readonly exact: number;
  /** Components are worked on by as many threads; it changes nothing but the time. */
  readonly threads: number;
}

/** What cannot be met even by hiding every cell that may be hidden, and the tables that were found for the rest. */
export interface Unmet {
  readonly unmet: readonly number[];
  readonly moves: readonly Move[];
}

/** Without a solver it is made safe by walking alone, or not at all. */
export function protectComponent(
  highs: Highs | undefined,
  { problem }: Component,
  effort: Effort,
  before: readonly Move[] = [],
): Protected | Unmet {
  const cover = openCover(problem);
  const search =
    highs === undefined || isLarge(problem)
      ? openWideSearch(highs, problem, cover.wanted)
      : openSearch(highs, problem);
  try {
    const bench = { problem, search, cover };
    const unmet = coverAll(bench, before);
    if (unmet.length > 0) return { unmet, moves: cover.moves() };
    const until = search.work() + effort.improve;
    trim(bench, until);
    exchange(bench, until);
    const small = problem.ids.length <= effort.exactCells;
    const exact =
      small && highs !== undefined
        ? cheapest(highs, problem, search, cover.hiddenCost(), effort.exact)
        : ({ proved: false } as const);
    const best = (exact.proved ? exact.cover : undefined) ?? cover;
    return {
      hidden: hiddenCells(problem, best.isHidden),
      droppedFigures: [...search.dropped],
      moves: best.moves(),
      cost: best.hiddenCost(),
      optimal: exact.proved,
    };
  } finally {
    search.close();
  }
}

function hiddenCells(problem: Problem, isHidden: (cell: number) => boolean): number[] {
  return [...problem.ids.keys()].filter(isHidden);
}
