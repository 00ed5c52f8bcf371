import { Refused } from '../../src/errors.ts';
import { layoutId } from '../encode/layout.ts';
import type { Blocking, RuleReport } from './blocking.ts';
import { Comparer } from './compare.ts';
import { type EmResult, expectationMaximisation, type Mixture, type Pattern } from './em.ts';
import type { Model } from './model.ts';
import { classesFor, isMatch, startingMixture } from './pair-classes.ts';
import { chunksOf, type Meeting, meeting, type PairSource, pairSource } from './pairs.ts';
import { patternsOf } from './patterns.ts';
import type { RecordTable } from './table.ts';
import { valueCounts } from './term-frequency.ts';
import { asking, doAlone, type Job } from './work.ts';

const RANDOM_PAIRS = 1_000_000;
/** Random pairs that one task compares. */
const RANDOM_STEP = 125_000;
/** Candidate pairs that are compared to learn from; of more, a fixed share is taken. */
const TRAINING_PAIRS = 2_000_000;
/** How often u is corrected for the pairs among random ones that are not of strangers. */
const CORRECTIONS = 4;

/** By field, then by level from 0. */
type Probabilities = readonly (readonly number[])[];

/**
 * Learns the model from the records themselves. How values of unrelated people agree (u) is counted on random
 * pairs. How those of one person agree (m) and how many matches there are is estimated by expectation
 * maximisation over all pairs of records, of which only the blocked ones can be matches to speak of.
 */
export function train(table: RecordTable, blocking: Blocking, across = false): Model {
  const pairs = pairSource(table.count, blocking.blocks);
  return doAlone({ table, across, pairs }, training(table, pairs, blocking.reports, across));
}

/** The same as a job, whose tasks threads can share. */
export function* training(
  table: RecordTable,
  pairs: PairSource,
  reports: readonly RuleReport[],
  across: boolean,
): Job<Model> {
  const comparer = new Comparer(table);
  const meet = meeting(table, across);
  const total = allPairs(table, meet);
  const { patterns, compared } = yield* candidatePatterns(comparer, pairs, reports);
  if (patterns.length === 0) throw nothingToLearn(reports);
  const random = yield* randomShares(table, comparer, across);
  const { fields } = table.layout;
  const levels = comparer.fields.map((field) => field.levels);
  const names = classesFor(fields);
  let u = random;
  let result: EmResult | undefined;
  for (let i = 0; i < CORRECTIONS; i++) {
    const start = startingMixture(fields, levels, u, table.count, total);
    result = expectationMaximisation(patterns, result === undefined ? start : resumed(start, result), {
      pairs: total,
    });
    u = withoutRelated(random, result);
  }
  if (result === undefined) throw new Error('at least one estimation is made');
  const classes = names.map((name, i) => ({
    name,
    share: result.classes[i]?.share ?? 0,
    fields: (result.classes[i]?.tables ?? []).map((at) => asOne(result.tables[at]?.shares ?? [])),
  }));
  const prior = classes.reduce((sum, { name, share }) => (isMatch(name) ? sum + share : sum), 0);
  const m = classes[0]?.fields ?? [];
  const strangers = classes.at(-1)?.fields ?? [];
  return {
    format: 'tessera-link-model/3',
    layout: layoutId(table.layout),
    fields: fields.map(({ name }, i) => ({
      name,
      levels: levels[i]?.names ?? [],
      m: m[i] ?? [],
      u: strangers[i] ?? [],
    })),
    prior,
    classes,
    training: {
      records: table.count,
      pairs_compared: compared,
      patterns: patterns.length,
      rounds: result.rounds,
      converged: result.converged,
      last_change: result.change,
      expected_matches: prior * total,
      doubts: doubtsAbout(patterns, result, m, strangers, prior * total),
    },
  };
}

function nothingToLearn(reports: readonly RuleReport[]): Refused {
  const dropped = reports.some((report) => report.dropped_pairs > 0);
  if (!dropped)
    return new Refused('LINK_NO_PAIRS', 'no two records share a token, so there is nothing to learn from');
  return new Refused(
    'LINK_NO_PAIRS',
    'every token that records share is shared by more of them than the cap allows, so no pair is left to learn from',
    { remedy: 'see whether a column holds one value throughout; --cap raises the limit' },
  );
}

/** A missing value says nothing in any class. */
function asOne(shares: readonly number[]): readonly number[] {
  return shares.map((share, level) => (level === 0 ? 1 : share));
}

/** What was learned before, with the tables of strangers as they are now. */
function resumed(start: Mixture, before: EmResult): Mixture {
  return {
    classes: before.classes,
    tables: start.tables.map((table, i) => (table.learned ? (before.tables[i] ?? table) : table)),
  };
}

/** Random pairs contain related ones too; in a small file enough of them to matter. */
function withoutRelated(random: Probabilities, { classes, tables }: EmResult): Probabilities {
  const related = classes.slice(0, -1);
  const strangers = classes.at(-1)?.share ?? 1;
  return random.map((levels, field) => {
    const rest = levels.map((share, level) => {
      if (level === 0) return 0;
      const others = related.reduce(
        (sum, one) => sum + one.share * (tables[one.tables[field] ?? -1]?.shares[level] ?? 0),
        0,
      );
      return Math.max((share - others) / strangers, share * 0.05);
    });
    const sum = rest.reduce((a, b) => a + b, 0);
    return rest.map((share) => share / sum);
  });
}

function allPairs(table: RecordTable, meet: Meeting | undefined): number {
  const { count } = table;
  if (meet === undefined) return Math.max(1, (count * (count - 1)) / 2);
  // A meeting rule depends on the sources only, so one record stands for each.
  const sizes = new Map<number, { record: number; size: number }>();
  table.source.forEach((source, record) => {
    const entry = sizes.get(source) ?? { record, size: 0 };
    entry.size++;
    sizes.set(source, entry);
  });
  const groups = [...sizes.values()];
  let pairs = 0;
  groups.forEach((a, i) => {
    if (meet(a.record, a.record)) pairs += (a.size * (a.size - 1)) / 2;
    for (const b of groups.slice(i + 1)) if (meet(a.record, b.record)) pairs += a.size * b.size;
  });
  return Math.max(1, pairs);
}

/** The candidates' patterns of agreement. */
function* candidatePatterns(
  comparer: Comparer,
  { blocks }: PairSource,
  reports: readonly RuleReport[],
): Job<{ patterns: Pattern[]; compared: number }> {
  const likely = reports.reduce((sum, report) => sum + report.pairs, 0);
  const every = Math.max(1, Math.ceil(likely / TRAINING_PAIRS));
  const limit = every === 1 ? 2 ** 32 : Math.floor(2 ** 32 / every);
  const tallies = yield* asking(chunksOf(blocks).map((chunk) => ({ do: 'patterns' as const, chunk, limit })));
  const { patterns, compared } = patternsOf(comparer, tallies);
  return { patterns: patterns.map(({ levels, count }) => ({ levels, count: count * every })), compared };
}

/** By field, how often each level occurs among random pairs; exact agreement is counted over all pairs. */
function* randomShares(table: RecordTable, comparer: Comparer, across: boolean): Job<Probabilities> {
  const { count } = table;
  const wanted = Math.ceil(Math.min(RANDOM_PAIRS, (count * (count - 1)) / 2));
  const steps = Array.from({ length: Math.ceil(wanted / RANDOM_STEP) }, (_, i) => ({
    do: 'random' as const,
    from: i * RANDOM_STEP,
    to: Math.min(wanted, (i + 1) * RANDOM_STEP),
  }));
  const { patterns } = patternsOf(comparer, yield* asking(steps));
  return comparer.fields.map((field, i) => {
    const seen = field.levels.names.map(() => 0);
    for (const { levels, count: pairs } of patterns) {
      const level = levels[i] ?? 0;
      if (level > 0) seen[level] = (seen[level] ?? 0) + pairs;
    }
    return levelShares(seen, across ? undefined : exactShare(field.exact));
  });
}

/** Half a pair per level keeps a level that no random pair showed from being impossible. */
function levelShares(seen: readonly number[], exact: number | undefined): number[] {
  const levels = seen.length - 1;
  const total = seen.reduce((sum, count) => sum + count, 0);
  const plain = seen.map((count, level) => (level === 0 ? 0 : (count + 0.5) / (total + 0.5 * levels)));
  const last = plain[levels] ?? 0;
  if (exact === undefined || exact <= 0 || exact >= 1 || last >= 1) return plain;
  return plain.map((share, level) => (level === levels ? exact : (share * (1 - exact)) / (1 - last)));
}

/** The chance that two records with a value have the same one. */
function exactShare(values: Uint32Array): number {
  const counts = valueCounts(values);
  let [present, same] = [0, 0];
  for (let value = 1; value < counts.length; value++) {
    const count = counts[value] as number;
    present += count;
    same += count * (count - 1);
  }
  return present > 1 ? same / (present * (present - 1)) : 0;
}

/** Signs that the data cannot tell the parameters, or that they came out implausible. */
function doubtsAbout(
  patterns: readonly Pattern[],
  result: EmResult,
  m: Probabilities,
  u: Probabilities,
  matches: number,
): string[] {
  const doubts: string[] = [];
  const informative = m.filter(
    (_, i) => new Set(patterns.map(({ levels }) => levels[i] ?? 0).filter((level) => level > 0)).size > 1,
  ).length;
  if (informative < 3)
    doubts.push(`only ${informative} fields vary; three are needed to tell m from the prior`);
  if (!result.converged) doubts.push(`no convergence in ${result.rounds} rounds`);
  if (matches < 20) doubts.push('fewer than 20 matches are expected');
  m.forEach((levels, i) => {
    if ((levels.at(-1) ?? 0) <= (u[i]?.at(-1) ?? 0))
      doubts.push(`exact agreement in field ${i + 1} does not speak for a match`);
  });
  return doubts;
}
