import { isSum, type Problem } from './problem.ts';

/**
 * The guidelines' rule for one line: where the total is shown, the hidden parts must not all be tiny and must
 * not add up to less than the threshold. Nor may all of them be the largest count that is never shown: a reader
 * who takes each hidden cell for a small one would then know them all (the guidelines' example 1, three tens).
 * Returns the next cell to hide so that these lines keep the rule.
 */
export function nextForLine(
  problem: Problem,
  among: readonly Line[],
  isHidden: (cell: number) => boolean,
): number | undefined {
  for (const line of among) {
    if (keepsRule(problem, line, isHidden)) continue;
    const choices = [...line.parts, ...line.total].filter(
      (cell) => !isHidden(cell) && problem.start[cell] === 'hideable',
    );
    const cheapest = choices.toSorted((a, b) => rank(problem, line, a) - rank(problem, line, b))[0];
    if (cheapest !== undefined) return cheapest;
  }
  return undefined;
}

/** Whether every line of a cell that can keep the rule keeps it: what is done to a cell touches no other. */
export function linesKeepRule(problem: Problem, cell: number, isHidden: (cell: number) => boolean): boolean {
  return nextForLine(problem, linesOf(problem, cell), isHidden) === undefined;
}

/** The lines in which a cell stands, put together once per problem. */
function linesOf(problem: Problem, cell: number): readonly Line[] {
  const known = standsIn.get(problem) ?? linesByCell(problem);
  standsIn.set(problem, known);
  return known.get(cell) ?? [];
}

const standsIn = new WeakMap<Problem, ReadonlyMap<number, readonly Line[]>>();

function linesByCell(problem: Problem): Map<number, Line[]> {
  const by = new Map<number, Line[]>();
  for (const line of lines(problem))
    for (const cell of [...line.total, ...line.parts]) {
      const list = by.get(cell);
      if (list === undefined) by.set(cell, [line]);
      else list.push(line);
    }
  return by;
}

export interface Line {
  readonly total: readonly number[];
  readonly parts: readonly number[];
}

/** A component's rows no longer hold public cells: a row without its total has a total that is shown. */
export function lines(problem: Problem): Line[] {
  if (problem.lineRule === undefined) return [];
  return problem.rows.filter(isSum).map((row) => ({
    total: row.cells.filter((_, k) => row.coefficients[k] === -1),
    parts: row.cells.filter((_, k) => row.coefficients[k] === 1),
  }));
}

function keepsRule(problem: Problem, line: Line, isHidden: (cell: number) => boolean): boolean {
  const rule = problem.lineRule;
  if (rule === undefined || line.total.some(isHidden)) return true;
  const values = line.parts
    .filter((cell) => isHidden(cell))
    .map((cell) => problem.values[cell] as number)
    .filter((value) => value > 0);
  if (values.length === 0) return true;
  const sum = values.reduce((so, value) => so + value, 0);
  return (
    sum >= rule.sumBelow &&
    values.some((value) => value > rule.everyAtMost) &&
    values.some((value) => value !== rule.largestHidden)
  );
}

/** Parts before the total, cheaper before dearer. */
function rank(problem: Problem, line: Line, cell: number): number {
  return (problem.costs[cell] as number) + (line.total.includes(cell) ? 1e12 : 0);
}
