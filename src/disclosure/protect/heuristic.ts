import { plainlyImpossible } from './bounds.ts';
import type { Cover } from './cover.ts';

import { lines, linesKeepRule, nextForLine } from './line-rule.ts';
import { isPossible, type Move } from './move.ts';
import type { Obligation, Problem } from './problem.ts';
import { isLarge, type Search } from './search.ts';

export interface Bench {
  readonly problem: Problem;
  readonly search: Search;
  readonly cover: Cover;
}

/**
 * Hides what it takes until everything owed is met; returns the obligations that nothing can meet. Tables that were found for
 * the like of this before are tried first.
 */
export function coverAll(bench: Bench, before: readonly Move[] = []): number[] {
  const { problem, search, cover } = bench;
  const impossible = plainlyImpossible(problem);
  if (impossible.length > 0) return impossible;
  keepLineRule(bench);
  for (const move of before) {
    if (!cover.helps(move) || !isPossible(problem, search.rows, move, search.dropped)) continue;
    hideUnder(bench, move);
    cover.add(move);
  }
  const order = [...problem.obligations.keys()].toSorted((a, b) => size(problem, b) - size(problem, a));
  // First what the hidden cells soon allow, then what needs more of them, the largest moves first.
  const left = order.filter((one) => !meet(bench, one, 'quickly'));
  return left.filter((one) => !meet(bench, one, 'hiding more'));
}

function size(problem: Problem, one: number): number {
  const move = problem.obligations[one]?.move ?? 0;
  return move === 'any' ? 1 : Math.abs(move);
}

/** What is hidden for one line may stand in another, so that all are gone through until none asks for more. */
function keepLineRule(bench: Bench): void {
  const all = lines(bench.problem);
  for (let settled = false; !settled; ) {
    settled = true;
    for (const line of all)
      for (;;) {
        const cell = nextForLine(bench.problem, [line], bench.cover.isHidden);
        if (cell === undefined) break;
        hide(bench, cell);
        settled = false;
      }
  }
}

/** How far to go for an obligation: what is soon found among the hidden cells, all that is there, or more blanks. */
type How = 'quickly' | 'as hidden' | 'hiding more';

/** Meets one obligation against every attacker, hiding more cells only where it may. */
export function meet(bench: Bench, one: number, how: How): boolean {
  const { problem, cover } = bench;
  for (;;) {
    const against = cover.openAgainst(one);
    const [attacker] = against;
    if (attacker === undefined) return true;
    const owed = problem.obligations[one] as Obligation;
    const move =
      seekForAll(bench, owed, against, how) ??
      seek(bench, owed, problem.attackers[attacker]?.knows ?? [], how);
    if (move === undefined) return false;
    hideUnder(bench, move);
    cover.add(move);
    for (const other of bench.search.spare()) if (other.cells.every(cover.isHidden)) cover.add(other);
  }
}

/** One table that all who are alone in some cell must think possible, instead of one for each of them. */
function seekForAll(bench: Bench, owed: Obligation, against: readonly number[], how: How): Move | undefined {
  const alone = against
    .map((attacker) => bench.problem.attackers[attacker])
    .filter((attacker) => attacker?.kind === 'singleton');
  if (alone.length < 2) return undefined;
  return seek(bench, owed, [...new Set(alone.flatMap((attacker) => attacker?.knows ?? []))], how);
}

function hideUnder(bench: Bench, move: Move): void {
  for (const cell of move.cells) if (!bench.cover.isHidden(cell)) hide(bench, cell);
}

/** A figure goes with its cells: once one of them is hidden it is hidden too, and tells nothing any more. */
function hide({ problem, cover, search }: Bench, cell: number): void {
  cover.hide(cell);
  search.set(cell, 'hidden');
  for (const [row, coefficient] of search.rows[cell] ?? []) {
    const figure = problem.rows[row]?.figure;
    if (coefficient !== 0 && figure !== undefined) search.dropFigure(figure);
  }
}

function seek(bench: Bench, owed: Obligation, knows: readonly number[], how: How): Move | undefined {
  const mayHide = how === 'hiding more';
  for (const by of owed.move === 'any' ? [1, -1] : [owed.move]) {
    // Where it may hide more, the search that may finds moves of hidden cells as well.
    const move = bench.search.near(owed.cell, by, knows, how === 'as hidden');
    if (move !== undefined) return move;
  }
  // In a large component a cell that only a far-reaching move could spare is left hidden.
  if (!mayHide && (how === 'quickly' || isLarge(bench.problem))) return undefined;
  return seekUnderFigures(bench, owed, knows, mayHide) ?? seekWithoutFigures(bench, owed, knows, mayHide);
}

function seekUnderFigures(
  bench: Bench,
  owed: Obligation,
  knows: readonly number[],
  mayHide: boolean,
): Move | undefined {
  const moves = owed.move === 'any' ? [1, -1] : [owed.move];
  const found = moves.flatMap((by) => {
    const move = bench.search.find(owed.cell, by, knows);
    if (move === undefined) return [];
    const cost = costOf(bench, move);
    if (!mayHide || cost === undefined) return cost === undefined ? [{ move, cost: 0 }] : [];
    return [isLarge(bench.problem) ? { move, cost } : sharpened(bench, owed.cell, by, knows, { move, cost })];
  });
  return found.toSorted((a, b) => a.cost - b.cost)[0]?.move;
}

/** What a move would newly hide; nothing where it hides no more than is hidden. */
function costOf({ problem, cover }: Bench, move: Move): number | undefined {
  const newly = move.cells.filter((cell) => !cover.isHidden(cell));
  return newly.length === 0 ? undefined : newly.reduce((so, cell) => so + (problem.costs[cell] as number), 0);
}

interface Priced {
  readonly move: Move;
  readonly cost: number;
}

/**
 * Hiding costs once, however far a cell moves, where the linear model pays by distance: pricing each used cell
 * by what it would truly cost and asking again often finds a cheaper set.
 */
function sharpened(bench: Bench, cell: number, by: number, knows: readonly number[], first: Priced): Priced {
  const { problem, search, cover } = bench;
  const priced = new Set<number>();
  let best = first;
  let last = first.move;
  for (let round = 0; round < 3; round++) {
    for (const [k, used] of last.cells.entries()) {
      if (cover.isHidden(used)) continue;
      priced.add(used);
      const distance = Math.abs(last.by[k] as number);
      search.setCost(used, Math.max(0.01, ((problem.costs[used] as number) * Math.abs(by)) / distance));
    }
    const move = search.find(cell, by, knows);
    const cost = move === undefined ? undefined : costOf(bench, move);
    if (move === undefined || cost === undefined || cost >= best.cost) break;
    best = { move, cost };
    last = move;
  }
  for (const used of priced) search.set(used, 'shown');
  return best;
}

/** Where published figures stand in the way, those that the move contradicts are hidden as well. */
function seekWithoutFigures(
  bench: Bench,
  owed: Obligation,
  knows: readonly number[],
  mayHide: boolean,
): Move | undefined {
  const { problem, search } = bench;
  const figures = [...new Set(problem.rows.flatMap((row) => row.figure ?? []))].filter(
    (figure) => !search.dropped.has(figure),
  );
  if (figures.length === 0 || !mayHide) return undefined;
  for (const figure of figures) search.dropFigure(figure);
  const move = seekUnderFigures(bench, owed, knows, false) ?? seekUnderFigures(bench, owed, knows, true);
  for (const figure of figures) {
    search.restoreFigure(figure);
    const stands = move === undefined || isPossible(problem, search.rows, move, search.dropped);
    if (!stands) search.dropFigure(figure);
  }
  return move;
}

/** Shows again, dearest first, every cell that what is owed does not need. */
export function trim(bench: Bench, until: number): void {
  for (const cell of complementary(bench)) {
    if (bench.search.work() > until) return;
    tryToShow(bench, cell);
  }
}

function complementary({ problem, cover }: Bench): number[] {
  return [...problem.ids.keys()]
    .filter((cell) => problem.start[cell] === 'hideable' && cover.isHidden(cell))
    .toSorted((a, b) => (problem.costs[b] as number) - (problem.costs[a] as number));
}

function tryToShow(bench: Bench, cell: number): boolean {
  const { problem, cover, search } = bench;
  const mark = cover.mark();
  const lost = cover.show(cell);
  search.set(cell, 'shown');
  if (linesKeepRule(problem, cell, cover.isHidden) && lost.every((one) => meet(bench, one, 'as hidden')))
    return true;
  cover.rollback(mark);
  search.set(cell, 'hidden');
  return false;
}

/**
 * Forbids each hidden cell in turn, mends what breaks with other cells, and keeps the exchange where it is
 * cheaper; goes on until a whole round gains nothing or the effort is spent.
 */
export function exchange(bench: Bench, until: number): void {
  for (let gained = true; gained; ) {
    gained = false;
    for (const cell of complementary(bench)) {
      if (bench.search.work() > until) return;
      if (bench.cover.isHidden(cell) && exchangeOne(bench, cell, until)) gained = true;
    }
  }
}

function exchangeOne(bench: Bench, cell: number, until: number): boolean {
  const { problem, cover, search } = bench;
  const before = cover.hiddenCost();
  const mark = cover.mark();
  const lost = cover.show(cell);
  search.set(cell, 'banned');
  const better =
    linesKeepRule(problem, cell, cover.isHidden) &&
    lost.every(
      (one) => search.work() <= until && cover.hiddenCost() < before && meet(bench, one, 'hiding more'),
    ) &&
    (trim(bench, until), cover.hiddenCost() < before);
  const touched = cover.changedSince(mark);
  if (!better) cover.rollback(mark);
  for (const at of touched) search.set(at, cover.isHidden(at) ? 'hidden' : 'shown');
  return better;
}
