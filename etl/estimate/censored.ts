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
  // The logarithms of the expected counts, one per censored cell.
  let at: Float64Array = Float64Array.from(censored, ({ low, high }) =>
    Math.log(Math.max((low + high) / 2, 0.5)),
  );
  const status = statusAt(table, model, censored, at);
  if (status !== 0) return { status, ...NO_FIT };
  for (let turn = 0; turn < MOST_TURNS; turn++) {
    const once = step(table, model, censored, at);
    const twice = once === undefined ? undefined : step(table, model, censored, once.expected);
    if (once === undefined || twice === undefined) break;
    if (Math.abs(once.hidden - twice.hidden) < 1e-10 * twice.hidden)
      return {
        status: 0,
        seen: twice.seen,
        hidden: twice.hidden,
        expected: new Map(censored.map(({ history }, i) => [history, Math.exp(twice.expected[i]!)])),
      };
    at = accelerated(at, once.expected, twice.expected, censored);
  }
  return { status: 1, ...NO_FIT };
}

const MOST_TURNS = 500;
const NO_FIT = { seen: Number.NaN, hidden: Number.NaN, expected: new Map<number, number>() };

function filled(table: CaptureTable, censored: readonly CensoredCell[], logs: Float64Array): CaptureTable {
  const counts = table.counts.slice();
  censored.forEach(({ history }, i) => (counts[history] = Math.exp(logs[i]!)));
  return captureTable(table.lists, counts);
}

function statusAt(
  table: CaptureTable,
  model: Model,
  censored: readonly CensoredCell[],
  logs: Float64Array,
): Status {
  const data = count(filled(table, censored, logs));
  return statusOf(data, supportOf(data, model));
}

interface Step {
  readonly seen: number;
  readonly hidden: number;
  readonly expected: Float64Array;
}

function step(
  table: CaptureTable,
  model: Model,
  censored: readonly CensoredCell[],
  logs: Float64Array,
): Step | undefined {
  const data = count(filled(table, censored, logs));
  const fit = maximise(data, supportOf(data, model));
  if (fit === undefined) return undefined;
  const expected = Float64Array.from(censored, (cell) =>
    // A count of nothing at all would make effects run to −∞ half-way; the expectation is never quite zero.
    Math.log(Math.max(expectation(fit.fitted[cell.history]!, cell), 1e-9)),
  );
  return { seen: data.persons, hidden: fit.hidden, expected };
}

/** Expectation-maximisation creeps; two of its steps show where it is heading (Varadhan & Roland 2008). */
function accelerated(
  from: Float64Array,
  once: Float64Array,
  twice: Float64Array,
  censored: readonly CensoredCell[],
): Float64Array {
  let first = 0;
  let second = 0;
  from.forEach((value, i) => {
    first += (once[i]! - value) ** 2;
    second += (twice[i]! - 2 * once[i]! + value) ** 2;
  });
  const length = second === 0 ? 1 : Math.max(1, Math.min(64, Math.sqrt(first / second)));
  return from.map((value, i) => {
    const r = once[i]! - value;
    const v = twice[i]! - once[i]! - r;
    const reached = value + 2 * length * r + length ** 2 * v;
    const { low, high } = censored[i]!;
    return Math.min(Math.max(reached, Math.log(Math.max(low, 1e-9))), Math.log(Math.max(high, 1e-9)));
  });
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
