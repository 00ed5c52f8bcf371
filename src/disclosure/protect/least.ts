import { isSum, type Problem } from './problem.ts';

/**
 * Obligations that fail for a plain reason: a total is to be smaller than the least that its parts can add up to,
 * each at its floor or at its public value. Seen at once, without solving anything.
 */
export function belowTheirParts(problem: Problem): number[] {
  const least = leastMoves(problem);
  return [...problem.obligations.keys()].filter((one) => {
    const { cell, move } = problem.obligations[one] as Problem['obligations'][number];
    return move !== 'any' && move < (least[cell] as number);
  });
}

/** How far each cell can fall at most, from the sums in which it is the total. */
function leastMoves(problem: Problem): number[] {
  const least = problem.values.map((value, cell) => (problem.floors[cell] as number) - value);
  const sums = problem.rows.filter(isSum);
  for (let settled = false; !settled; ) {
    settled = true;
    for (const { cells, coefficients } of sums) {
      const total = cells[coefficients.indexOf(-1)];
      if (total === undefined) continue;
      const parts = cells.reduce(
        (so, cell, k) => so + (coefficients[k] === 1 ? (least[cell] as number) : 0),
        0,
      );
      if (parts <= (least[total] as number)) continue;
      least[total] = parts;
      settled = false;
    }
  }
  return least;
}
