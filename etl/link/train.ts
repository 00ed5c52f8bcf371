import { Refused } from '../../src/errors.ts';
import { layoutId } from '../encode/layout.ts';
import { type Blocking, eachPair, type Meeting } from './blocking.ts';
import { BATCH, Comparer } from './compare.ts';
import { type EmResult, expectationMaximisation, type Pattern, type Probabilities } from './em.ts';
import { mix } from './interner.ts';
import type { Model } from './model.ts';
import type { RecordTable } from './table.ts';
import { valueCounts } from './term-frequency.ts';

const RANDOM_PAIRS = 1_000_000;
/** Candidate pairs that are compared to learn from; of more, a fixed share is taken. */
const TRAINING_PAIRS = 2_000_000;
/** How often u is corrected for the matches among random pairs. */
const CORRECTIONS = 4;

/**
 * Learns the model from the records themselves. How values of unrelated people agree (u) is counted on random
 * pairs. How those of one person agree (m) and how many matches there are is estimated by expectation
 * maximisation over all pairs of records, of which only the blocked ones can be matches to speak of.
 */
export function train(table: RecordTable, blocking: Blocking, meet?: Meeting): Model {
  const comparer = new Comparer(table);
  const total = allPairs(table, meet);
  const { patterns, compared } = candidatePatterns(comparer, blocking, meet);
  if (patterns.length === 0)
    throw new Refused('LINK_NO_PAIRS', 'no two records share a token, so there is nothing to learn from');
  const random = randomShares(table, comparer, meet);
  const floors = comparer.fields.map(({ levels }) => levels.floor);
  let u = random;
  let result: EmResult | undefined;
  for (let i = 0; i < CORRECTIONS; i++) {
    const start = result ?? {
      m: comparer.fields.map(({ levels }) => startingM(levels.names.length)),
      prior: startingPrior(table, total),
    };
    result = expectationMaximisation(patterns, { ...start, u }, { estimateU: false, pairs: total, floors });
    u = withoutMatches(random, result);
  }
  if (result === undefined) throw new Error('at least one estimation is made');
  const doubts = doubtsAbout(comparer, patterns, result);
  return {
    format: 'tessera-link-model/1',
    layout: layoutId(table.layout),
    fields: table.layout.fields.map(({ name }, i) => ({
      name,
      levels: comparer.fields[i]?.levels.names ?? [],
      m: (result.m[i] ?? []).map((share, level) => (level === 0 ? 1 : share)),
      u: (u[i] ?? []).map((share, level) => (level === 0 ? 1 : share)),
    })),
    prior: result.prior,
    training: {
      records: table.count,
      pairs_compared: compared,
      patterns: patterns.length,
      rounds: result.rounds,
      converged: result.converged,
      last_change: result.change,
      expected_matches: result.expectedMatches,
      doubts,
    },
  };
}

function startingM(levels: number): number[] {
  const between = Math.max(1, levels - 3);
  return Array.from({ length: levels }, (_, level) =>
    level === 0 ? 0 : level === levels - 1 ? 0.85 : level === 1 ? 0.05 : 0.1 / between,
  );
}

/** About one match per four records, to start from. */
function startingPrior(table: RecordTable, pairs: number): number {
  return Math.min(0.5, (0.25 * table.count) / pairs);
}

/** Random pairs contain matches too; in a small file enough of them to matter. */
function withoutMatches(random: Probabilities, { m, prior }: EmResult): Probabilities {
  return random.map((levels, field) => {
    const rest = levels.map((share, level) =>
      level === 0 ? 0 : Math.max((share - prior * (m[field]?.[level] ?? 0)) / (1 - prior), share * 0.05),
    );
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

/** The candidates' patterns of agreement. Of many pairs a share is taken by a hash of the two records. */
function candidatePatterns(
  comparer: Comparer,
  blocking: Blocking,
  meet: Meeting | undefined,
): { patterns: Pattern[]; compared: number } {
  const likely = blocking.reports.reduce((sum, { pairs }) => sum + pairs, 0);
  const every = Math.max(1, Math.ceil(likely / TRAINING_PAIRS));
  const limit = Math.floor(2 ** 32 / every);
  const counts = new PatternCounts(comparer);
  eachPair(blocking, meet, (a, b) => {
    if (every === 1 || mix(a ^ Math.imul(b, 0x9e3779b1)) < limit) counts.add(a, b);
  });
  const { patterns, compared } = counts.finish();
  return { patterns: patterns.map(({ levels, count }) => ({ levels, count: count * every })), compared };
}

/** By field, how often each level occurs among random pairs; exact agreement is counted over all pairs. */
function randomShares(table: RecordTable, comparer: Comparer, meet: Meeting | undefined): Probabilities {
  const counts = new PatternCounts(comparer);
  const { count } = table;
  const wanted = Math.min(RANDOM_PAIRS, (count * (count - 1)) / 2);
  let state = 0x2545f491;
  const next = (): number => {
    state = mix(state + 0x9e3779b9);
    return Math.floor((state / 2 ** 32) * count);
  };
  for (let i = 0; i < wanted; i++) {
    const [a, b] = [next(), next()];
    if (a !== b && (meet === undefined || meet(a, b))) counts.add(Math.min(a, b), Math.max(a, b));
  }
  const { patterns } = counts.finish();
  return comparer.fields.map((field, i) => {
    const seen = field.levels.names.map(() => 0);
    for (const { levels, count } of patterns) {
      const level = levels[i] ?? 0;
      if (level > 0) seen[level] = (seen[level] ?? 0) + count;
    }
    return levelShares(seen, meet === undefined ? exactShare(field.exact) : undefined);
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

class PatternCounts {
  readonly #comparer: Comparer;
  readonly #levels: readonly Uint8Array[];
  readonly #a = new Uint32Array(BATCH);
  readonly #b = new Uint32Array(BATCH);
  readonly #sizes: readonly number[];
  readonly #counts = new Map<number, number>();
  #waiting = 0;
  #compared = 0;

  constructor(comparer: Comparer) {
    this.#comparer = comparer;
    this.#levels = comparer.fields.map(() => new Uint8Array(BATCH));
    this.#sizes = comparer.fields.map(({ levels }) => levels.names.length);
  }

  add(a: number, b: number): void {
    this.#a[this.#waiting] = a;
    this.#b[this.#waiting] = b;
    if (++this.#waiting === BATCH) this.#flush();
  }

  finish(): { patterns: Pattern[]; compared: number } {
    this.#flush();
    const patterns = [...this.#counts].map(([code, count]) => ({ levels: this.#decode(code), count }));
    return { patterns, compared: this.#compared };
  }

  #flush(): void {
    const count = this.#waiting;
    this.#comparer.compare(this.#a, this.#b, count, this.#levels);
    for (let k = 0; k < count; k++) {
      let code = 0;
      for (let field = 0; field < this.#sizes.length; field++)
        code = code * (this.#sizes[field] as number) + ((this.#levels[field] as Uint8Array)[k] as number);
      this.#counts.set(code, (this.#counts.get(code) ?? 0) + 1);
    }
    this.#compared += count;
    this.#waiting = 0;
  }

  #decode(code: number): number[] {
    const levels: number[] = [];
    let rest = code;
    for (let field = this.#sizes.length - 1; field >= 0; field--) {
      const size = this.#sizes[field] as number;
      levels[field] = rest % size;
      rest = Math.floor(rest / size);
    }
    return levels;
  }
}

/** Signs that the data cannot tell the parameters, or that they came out implausible. */
function doubtsAbout(comparer: Comparer, patterns: readonly Pattern[], result: EmResult): string[] {
  const doubts: string[] = [];
  const informative = comparer.fields.filter(
    (_, i) => new Set(patterns.map(({ levels }) => levels[i] ?? 0).filter((level) => level > 0)).size > 1,
  ).length;
  if (informative < 3)
    doubts.push(`only ${informative} fields vary; three are needed to tell m from the prior`);
  if (!result.converged) doubts.push(`no convergence in ${result.rounds} rounds`);
  if (result.expectedMatches < 20) doubts.push('fewer than 20 matches are expected');
  comparer.fields.forEach(({ levels }, i) => {
    const exact = levels.names.length - 1;
    const [m, u] = [result.m[i]?.[exact] ?? 0, result.u[i]?.[exact] ?? 0];
    if (m <= u) doubts.push(`exact agreement in field ${i + 1} does not speak for a match`);
  });
  return doubts;
}
