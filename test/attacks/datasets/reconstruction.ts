/**
 * Reconstruction from many answers (Dinur and Nissim 2003): somebody who knows of every young person where they live, their age, sex and
 * race solves for whose status was confirmed.
 */

/** Everybody of whom the attacker knows the same: they cannot be told apart, and are guessed alike. */
export interface Alike {
  readonly known: string;
  readonly county: string;
  readonly size: number;
  readonly confirmed: number;
}

export interface Question {
  /** Which of the groups are asked about. */
  readonly about: readonly number[];
  /** How many of them are confirmed, as somebody answered it. */
  readonly answer: number;
}

/** The share that is guessed right beyond those whom "all are as most are" guesses right. */
export function beyondMost(alike: readonly Alike[], questions: readonly Question[]): number {
  const all = alike.reduce((so, { size }) => so + size, 0);
  const confirmed = alike.reduce((so, one) => so + one.confirmed, 0) / all;
  const solved = solve(alike, questions, confirmed);
  const right = alike.reduce(
    (so, { size, confirmed: own }, at) => so + ((solved[at] as number) > size / 2 ? own : size - own),
    0,
  );
  return right / all - Math.max(confirmed, 1 - confirmed);
}

/** From what holds of all, each question in turn is met by as small a change as will do (Kaczmarz), within what each group can be. */
function solve(alike: readonly Alike[], questions: readonly Question[], share: number): Float64Array {
  const sizes = Float64Array.from(alike, ({ size }) => size);
  const solution = sizes.map((size) => size * share);
  for (let pass = 0; pass < 5; pass++)
    for (const { about, answer } of questions) {
      let sum = 0;
      let weight = 0;
      for (const at of about) {
        sum += solution[at] as number;
        weight += sizes[at] as number;
      }
      if (weight === 0) continue;
      const change = (answer - sum) / weight;
      for (const at of about) {
        const size = sizes[at] as number;
        solution[at] = Math.min(size, Math.max(0, (solution[at] as number) + change * size));
      }
    }
  return solution;
}
