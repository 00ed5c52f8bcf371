import { Refused } from '../../src/errors.ts';

/** Levels of agreement by field, and how many pairs show them. Level 0 is missing and says nothing. */
export interface Pattern {
  readonly levels: readonly number[];
  readonly count: number;
}

/** By field, then by level from 0: the probability of the level among matches (m) or others (u). */
export type Probabilities = readonly (readonly number[])[];

export interface EmStart {
  readonly m: Probabilities;
  readonly u: Probabilities;
  /** The share of matches among all pairs. */
  readonly prior: number;
}

export interface EmOptions {
  /** Whether u is estimated too; otherwise it stays as given. */
  readonly estimateU: boolean;
  /** All pairs, when the patterns cover only those worth comparing; the rest counts as others. */
  readonly pairs?: number;
  /** By field: the least probability that a match is left at level 1. */
  readonly floors?: readonly number[];
  readonly rounds?: number;
}

export interface EmResult extends EmStart {
  readonly rounds: number;
  readonly converged: boolean;
  /** The largest change of any probability in the last round. */
  readonly change: number;
  /** After each round; it never falls, up to the floors. */
  readonly logLikelihood: readonly number[];
  readonly expectedMatches: number;
}

const TOLERANCE = 1e-6;
const TINY = 1e-12;

/** Expectation maximisation of the Fellegi–Sunter model on patterns. */
export function expectationMaximisation(
  patterns: readonly Pattern[],
  start: EmStart,
  options: EmOptions,
): EmResult {
  const listed = patterns.reduce((sum, { count }) => sum + count, 0);
  const pairs = Math.max(options.pairs ?? listed, listed);
  if (!(listed > 0)) throw new Refused('EM_EMPTY', 'there are no pairs to learn from');
  if (!allFinite(start))
    throw new Refused('EM_PARAMETERS', 'a starting probability is not a number from 0 to 1');
  let { m, u, prior } = start;
  let change = Number.POSITIVE_INFINITY;
  const logLikelihood: number[] = [];
  const most = options.rounds ?? 500;
  let round = 0;
  while (round < most && change > TOLERANCE) {
    round++;
    const matchCounts = m.map((levels) => levels.map(() => 0));
    const otherCounts = u.map((levels) => levels.map(() => 0));
    let [matches, likelihood] = [0, 0];
    for (const { levels, count } of patterns) {
      let [asMatch, asOther] = [prior, 1 - prior];
      levels.forEach((level, field) => {
        if (level === 0) return;
        asMatch *= m[field]?.[level] ?? TINY;
        asOther *= u[field]?.[level] ?? TINY;
      });
      const both = asMatch + asOther;
      const share = both > 0 ? asMatch / both : 0;
      likelihood += count * Math.log(Math.max(both, Number.MIN_VALUE));
      matches += count * share;
      levels.forEach((level, field) => {
        add(matchCounts[field], level, count * share);
        add(otherCounts[field], level, count * (1 - share));
      });
    }
    logLikelihood.push(likelihood + (pairs - listed) * Math.log(Math.max(1 - prior, Number.MIN_VALUE)));
    const nextM = matchCounts.map((counts, field) =>
      shares(counts, m[field] ?? [], options.floors?.[field] ?? 0),
    );
    const nextU = options.estimateU
      ? otherCounts.map((counts, field) => shares(counts, u[field] ?? [], 0))
      : u;
    const nextPrior = Math.min(1 - TINY, Math.max(TINY, matches / pairs));
    change = Math.max(distance(m, nextM), distance(u, nextU), Math.abs(Math.log(nextPrior / prior)) * 0.01);
    [m, u, prior] = [nextM, nextU, nextPrior];
  }
  return {
    m,
    u,
    prior,
    rounds: round,
    converged: change <= TOLERANCE,
    change,
    logLikelihood,
    expectedMatches: prior * pairs,
  };
}

function add(counts: number[] | undefined, level: number, amount: number): void {
  if (counts !== undefined) counts[level] = (counts[level] ?? 0) + amount;
}

/** Counts of levels 1 and up as shares of one; a field that was never seen keeps what it had. */
function shares(counts: readonly number[], before: readonly number[], floor: number): number[] {
  const total = counts.reduce((sum, count, level) => (level === 0 ? sum : sum + count), 0);
  if (total < TINY) return [...before];
  // A hundredth of a pair per level keeps a level that no match showed from being impossible.
  const levels = counts.length - 1;
  const plain = counts.map((count, level) => (level === 0 ? 0 : (count + 0.01) / (total + 0.01 * levels)));
  const different = plain[1] ?? 0;
  if (different >= floor || levels < 2) return plain;
  const scale = (1 - floor) / (1 - different);
  return plain.map((share, level) => (level === 0 ? 0 : level === 1 ? floor : share * scale));
}

function distance(a: Probabilities, b: Probabilities): number {
  let most = 0;
  a.forEach((levels, field) =>
    levels.forEach((share, level) => {
      most = Math.max(most, Math.abs(share - (b[field]?.[level] ?? 0)));
    }),
  );
  return most;
}

function allFinite({ m, u, prior }: EmStart): boolean {
  const fine = (share: number): boolean => Number.isFinite(share) && share >= 0 && share <= 1;
  return fine(prior) && [...m, ...u].every((levels) => levels.every(fine));
}
