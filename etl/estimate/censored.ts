import { type CaptureTable, captureTable } from './capture-table.ts';
import { logFactorial } from './distributions.ts';
import type { Model } from './model.ts';
import { count, maximise, type Status, statusOf, supportOf } from './model-fit.ts';

/**
 * A count that is known only to lie between two bounds. The persons whom one over-covered list alone has are at most
 * as many as it says (0 to the count): it also holds persons outside the population. A withheld small count is 1 to 10.
 */
export interface CensoredCell {
  readonly history: number;
  readonly low: number;
  readonly high: number;
}

export interface CensoredFit {
  readonly status: Status;
  /** Persons seen, with what the model expects in the censored cells. */
  readonly seen: number;
  readonly hidden: number;
  readonly expected: ReadonlyMap<number, number>;
}

/** The cell of each over-covered list alone, from none to as many as it has. */
export function overCovered(table: CaptureTable, lists: readonly number[]): CensoredCell[] {
  return lists.map((list) => ({ history: 1 << list, low: 0, high: table.counts[1 << list]! }));
}

/**
 * Maximum likelihood with bounded counts, by expectation-maximisation: each censored count becomes its expectation
 * within its bounds under the current fit.
 */
export function fitCensored(
  table: CaptureTable,
  model: Model,
  censored: readonly CensoredCell[],
): CensoredFit {
  let counts = table.counts.slice();
  for (const { history, low, high } of censored) counts[history] = Math.max((low + high) / 2, 0.5);
  let before = Number.NaN;
  for (let turn = 0; turn < 5000; turn++) {
    const data = count(captureTable(table.lists, counts));
    const support = supportOf(data, model);
    const status = turn === 0 ? statusOf(data, support) : 0;
    const fit = status === 0 ? maximise(data, support) : undefined;
    if (fit === undefined)
      return { status: status === 0 ? 1 : status, seen: Number.NaN, hidden: Number.NaN, expected: new Map() };
    const expected = new Map(
      censored.map((cell) => [cell.history, expectation(fit.fitted[cell.history]!, cell)] as const),
    );
    if (Math.abs(fit.hidden - before) < 1e-9 * fit.hidden)
      return { status: 0, seen: data.persons, hidden: fit.hidden, expected };
    before = fit.hidden;
    counts = counts.slice();
    // A count of nothing at all would make effects run to −∞ half-way; the expectation is never quite zero.
    for (const [history, value] of expected) counts[history] = Math.max(value, 1e-9);
  }
  return { status: 1, seen: Number.NaN, hidden: Number.NaN, expected: new Map() };
}

/** The mean of a Poisson count known to lie between two bounds: term by term, as differences of tails lose digits. */
function expectation(mean: number, { low, high }: CensoredCell): number {
  const likeliest = Math.min(Math.max(Math.floor(mean), low), high);
  const logTerm = (x: number): number => x * Math.log(mean) - logFactorial(x);
  const reference = logTerm(likeliest);
  let weight = 0;
  let sum = 0;
  for (let x = low; x <= high; x++) {
    const term = Math.exp(logTerm(x) - reference);
    weight += term;
    sum += x * term;
  }
  return sum / weight;
}
