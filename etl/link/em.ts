import { Refused } from '../../src/errors.ts';

/** Levels of agreement by field, and how many pairs show them. Level 0 is missing and says nothing. */
export interface Pattern {
  readonly levels: readonly number[];
  readonly count: number;
}

/** The probabilities of a field's levels, from level 0. Classes may share one, and then learn it together. */
export interface LevelTable {
  readonly shares: readonly number[];
  /** Whether it is learned; otherwise it stays as given. */
  readonly learned: boolean;
  /** The least probability that is left to level 1, `different`. */
  readonly floor: number;
  /** The greatest that it may have; without one, any. */
  readonly most?: number;
}

/** One kind of pair: how large a share of all pairs it is, and by field the table that it follows. */
export interface MixtureClass {
  readonly share: number;
  readonly tables: readonly number[];
  /** Of this class and another together, this one is a part that is known beforehand. */
  readonly partOf?: { readonly other: number; readonly part: number };
}

/** Pairs are of one of these classes; the last is that of pairs that have nothing to do with each other. */
export interface Mixture {
  readonly classes: readonly MixtureClass[];
  readonly tables: readonly LevelTable[];
}

export interface EmOptions {
  /** All pairs, when the patterns cover only those worth comparing; the rest counts as the last class. */
  readonly pairs?: number;
  readonly rounds?: number;
}

export interface EmResult extends Mixture {
  readonly rounds: number;
  readonly converged: boolean;
  /** The largest change of any probability in the last round. */
  readonly change: number;
  /** After each round; it never falls, up to the floors. */
  readonly logLikelihood: readonly number[];
}

const TOLERANCE = 1e-6;
const TINY = 1e-12;

/** Expectation maximisation of a mixture of classes of pairs, each with independent fields, on patterns. */
export function expectationMaximisation(
  patterns: readonly Pattern[],
  start: Mixture,
  options: EmOptions = {},
): EmResult {
  const listed = patterns.reduce((sum, { count }) => sum + count, 0);
  const pairs = Math.max(options.pairs ?? listed, listed);
  if (!(listed > 0)) throw new Refused('EM_EMPTY', 'there are no pairs to learn from');
  if (!allFinite(start))
    throw new Refused('EM_PARAMETERS', 'a starting probability is not a number from 0 to 1');
  const columns = columnsOf(patterns);
  let { classes, tables } = start;
  let change = Number.POSITIVE_INFINITY;
  const logLikelihood: number[] = [];
  const most = options.rounds ?? 500;
  let round = 0;
  while (round < most && change > TOLERANCE) {
    round++;
    const { expected, levelCounts, likelihood } = expectations(columns, { classes, tables });
    const last = classes.length - 1;
    expected[last] = (expected[last] as number) + (pairs - listed);
    const unlisted = Math.log(Math.max(classes[last]?.share ?? 0, Number.MIN_VALUE));
    logLikelihood.push(likelihood + (pairs - listed) * unlisted);

    const nextTables = tables.map((table, i) =>
      table.learned ? { ...table, shares: shares(levelCounts[i] as Float64Array, table) } : table,
    );
    divide(classes, expected);
    const nextClasses = classes.map((before, i) => ({
      ...before,
      share: Math.min(1 - TINY, Math.max(TINY, (expected[i] as number) / pairs)),
    }));
    change = Math.max(tableChange(tables, nextTables), shareChange(classes, nextClasses));
    [classes, tables] = [nextClasses, nextTables];
  }
  return { classes, tables, rounds: round, converged: change <= TOLERANCE, change, logLikelihood };
}

/** Patterns as columns: millions of rounds over them must not chase pointers. */
interface Columns {
  readonly fields: number;
  /** Pattern by pattern, the level of each field. */
  readonly levels: Uint8Array;
  readonly counts: Float64Array;
}

function columnsOf(patterns: readonly Pattern[]): Columns {
  const fields = patterns[0]?.levels.length ?? 0;
  const levels = new Uint8Array(patterns.length * fields);
  patterns.forEach((pattern, i) => levels.set(pattern.levels, i * fields));
  return { fields, levels, counts: Float64Array.from(patterns, ({ count }) => count) };
}

/** How many pairs of each class, and how many of each level in each table, the patterns make likely. */
function expectations(
  { fields, levels, counts }: Columns,
  { classes, tables }: Mixture,
): { expected: Float64Array; levelCounts: readonly Float64Array[]; likelihood: number } {
  const most = Math.max(...tables.map(({ shares: all }) => all.length));
  const width = fields * most;
  // By class, field and level: the probability, and how many pairs of the class show it. A missing value says nothing.
  const chances = new Float64Array(classes.length * width).fill(1);
  const seen = new Float64Array(classes.length * width);
  classes.forEach(({ tables: follows }, c) =>
    follows.forEach((table, field) =>
      tables[table]?.shares.forEach((share, level) => {
        if (level > 0) chances[c * width + field * most + level] = share;
      }),
    ),
  );
  const expected = new Float64Array(classes.length);
  const odds = new Float64Array(classes.length);
  let likelihood = 0;
  for (let i = 0; i < counts.length; i++) {
    const count = counts[i] as number;
    let all = 0;
    for (let c = 0; c < odds.length; c++) {
      let chance = (classes[c] as MixtureClass).share;
      for (let field = 0, at = c * width; field < fields; field++, at += most)
        chance *= chances[at + (levels[i * fields + field] as number)] as number;
      odds[c] = chance;
      all += chance;
    }
    likelihood += count * Math.log(Math.max(all, Number.MIN_VALUE));
    if (!(all > 0)) continue;
    for (let c = 0; c < odds.length; c++) {
      const amount = (count * (odds[c] as number)) / all;
      expected[c] = (expected[c] as number) + amount;
      for (let field = 0, at = c * width; field < fields; field++, at += most) {
        const place = at + (levels[i * fields + field] as number);
        seen[place] = (seen[place] as number) + amount;
      }
    }
  }
  const levelCounts = tables.map(({ shares: all }) => new Float64Array(all.length));
  classes.forEach(({ tables: follows }, c) =>
    follows.forEach((table, field) => {
      const into = levelCounts[table] as Float64Array;
      for (let level = 0; level < into.length; level++)
        into[level] = (into[level] as number) + (seen[c * width + field * most + level] as number);
    }),
  );
  return { expected, levelCounts, likelihood };
}

/** Divides what belongs to a class and to a known part of it as they are known to divide. */
function divide(classes: readonly MixtureClass[], expected: Float64Array): void {
  classes.forEach(({ partOf }, i) => {
    if (partOf === undefined) return;
    const together = (expected[i] as number) + (expected[partOf.other] as number);
    expected[i] = partOf.part * together;
    expected[partOf.other] = (1 - partOf.part) * together;
  });
}

/** Counts of levels 1 and up as shares of one; a field that was never seen keeps what it had. */
function shares(counts: Float64Array, { shares: before, floor, most = 1 }: LevelTable): readonly number[] {
  const levels = counts.length - 1;
  let total = 0;
  for (let level = 1; level <= levels; level++) total += counts[level] as number;
  if (total < TINY) return before;
  // A hundredth of a pair per level keeps a level that no pair showed from being impossible.
  const plain = Array.from(counts, (count, level) =>
    level === 0 ? 0 : (count + 0.01) / (total + 0.01 * levels),
  );
  const different = plain[1] ?? 0;
  const bounded = Math.max(floor, Math.min(most, different));
  if (different === bounded || levels < 2) return plain;
  const scale = (1 - bounded) / (1 - different);
  return plain.map((share, level) => (level === 0 ? 0 : level === 1 ? bounded : share * scale));
}

function tableChange(before: readonly LevelTable[], after: readonly LevelTable[]): number {
  let most = 0;
  after.forEach((table, i) =>
    table.shares.forEach((share, level) => {
      most = Math.max(most, Math.abs(share - (before[i]?.shares[level] ?? 0)));
    }),
  );
  return most;
}

/** Shares of classes are tiny, so it is their proportion that counts. */
function shareChange(before: readonly MixtureClass[], after: readonly MixtureClass[]): number {
  let most = 0;
  after.forEach(({ share }, i) => {
    most = Math.max(most, Math.abs(Math.log(share / (before[i]?.share ?? share))) * 0.01);
  });
  return most;
}

function allFinite({ classes, tables }: Mixture): boolean {
  const fine = (share: number): boolean => Number.isFinite(share) && share >= 0 && share <= 1;
  return classes.every(({ share }) => fine(share)) && tables.every(({ shares: all }) => all.every(fine));
}
