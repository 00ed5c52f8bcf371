import { BATCH, Comparer } from './compare.ts';
import { classRules, type Model } from './model.ts';
import type { RecordTable } from './table.ts';
import { knownCounts, type TermFrequency, valueCounts } from './term-frequency.ts';

/** A field's part in a pair's weight: what a steward sees of a pair, without any value. */
export interface Step {
  readonly field: string;
  readonly level: string;
  readonly weight: number;
  /** How much of the weight comes from the value being rarer or more common than usual. */
  readonly rarity: number;
}

/** A value that is in almost no other record is no surer proof than this frequency gives. */
const RAREST = 1e-6;

/** What a pair class says about levels, laid out for scoring many pairs. */
interface ScoredClass {
  readonly match: boolean;
  readonly share: number;
  readonly byCommonness: readonly boolean[];
  readonly fields: readonly Float64Array[];
  /** By pair of the batch: the probability of what was seen, if the pair is of this class. */
  readonly chance: Float64Array;
}

/**
 * The weight of a pair is the log-odds that it is of one person: the classes of one person against all others.
 * Among strangers, exact agreement is as likely as the value is common.
 */
export class Scorer {
  readonly #comparer: Comparer;
  readonly #model: Model;
  readonly #classes: readonly ScoredClass[];
  /** By field, then by value: how likely strangers are to share it. */
  readonly #common: readonly Float32Array[];
  readonly #levels: readonly Uint8Array[];
  /** By pair of the batch: how much commoner than usual the value is that it agrees in; 1 where it does not agree. */
  readonly #rarity = new Float64Array(BATCH);

  constructor(
    table: RecordTable,
    model: Model,
    frequencies?: readonly TermFrequency[],
    comparer = new Comparer(table),
  ) {
    this.#comparer = comparer;
    this.#model = model;
    const rules = classRules(model, table);
    this.#classes = model.classes.map(({ share, fields }, i) => ({
      match: rules[i]?.match ?? false,
      share,
      byCommonness: rules[i]?.byCommonness ?? [],
      fields: fields.map((shares) => Float64Array.from(shares)),
      chance: new Float64Array(BATCH),
    }));
    this.#levels = this.#comparer.fields.map(() => new Uint8Array(BATCH));
    this.#common = this.#comparer.fields.map(({ exact }, i) => {
      const known = frequencies?.[i];
      return known === undefined
        ? commonness(valueCounts(exact))
        : commonness(knownCounts(table, i, known), known.present);
    });
  }

  /** The weights of up to `BATCH` pairs. */
  score(a: Uint32Array, b: Uint32Array, count: number, weights: Float32Array): void {
    this.#comparer.compare(a, b, count, this.#levels);
    for (const { chance, share } of this.#classes) chance.fill(share, 0, count);
    this.#comparer.fields.forEach((_, field) => {
      this.#compareRarity(field, a, count);
      const found = this.#levels[field] as Uint8Array;
      for (const { chance, byCommonness, fields } of this.#classes) {
        if (byCommonness[field] === true)
          multiplyByBoth(chance, fields[field] as Float64Array, found, this.#rarity, count);
        else multiplyByLevel(chance, fields[field] as Float64Array, found, count);
      }
    });
    for (let k = 0; k < count; k++) weights[k] = this.#odds(k);
  }

  #compareRarity(field: number, a: Uint32Array, count: number): void {
    const u = this.#classes.at(-1)?.fields[field] as Float64Array;
    const { exact } = this.#comparer.fields[field] as Comparer['fields'][number];
    const common = this.#common[field] as Float32Array;
    const found = this.#levels[field] as Uint8Array;
    const [last, out] = [u.length - 1, this.#rarity];
    const usual = u[last] as number;
    for (let k = 0; k < count; k++)
      out[k] = found[k] === last ? (common[exact[a[k] as number] as number] as number) / usual : 1;
  }

  #odds(k: number): number {
    let [match, other] = [0, 0];
    for (const one of this.#classes) {
      if (one.match) match += one.chance[k] as number;
      else other += one.chance[k] as number;
    }
    return Math.log2(match / other);
  }

  /**
   * The way from the prior to a pair's weight, field by field: how much each moves the log-odds after those before
   * it. Fields of a home say less once one of them agreed.
   */
  waterfall(a: number, b: number): { prior: number; steps: Step[]; weight: number } {
    const one = Uint32Array.of(a);
    this.#comparer.compare(one, Uint32Array.of(b), 1, this.#levels);
    for (const { chance, share } of this.#classes) chance[0] = share;
    const prior = this.#odds(0);
    let weight = prior;
    const steps = this.#comparer.fields.map(({ levels }, field) => {
      const level = this.#levels[field]?.[0] as number;
      this.#compareRarity(field, one, 1);
      const before = this.#classes.map(({ chance }) => chance[0] as number);
      const after = (rarity: number): number => {
        this.#classes.forEach(({ chance, byCommonness, fields }, i) => {
          const share = fields[field]?.[level] as number;
          chance[0] = (before[i] as number) * share * (byCommonness[field] === true ? rarity : 1);
        });
        return this.#odds(0);
      };
      const plain = after(1);
      const now = after(this.#rarity[0] as number);
      const step = {
        field: this.#model.fields[field]?.name ?? '',
        level: levels.names[level] ?? '',
        weight: now - weight,
        rarity: now - plain,
      };
      weight = now;
      return step;
    });
    return { prior, steps, weight };
  }
}

function multiplyByLevel(into: Float64Array, by: Float64Array, levels: Uint8Array, count: number): void {
  for (let k = 0; k < count; k++) into[k] = (into[k] as number) * (by[levels[k] as number] as number);
}

function multiplyByBoth(
  into: Float64Array,
  by: Float64Array,
  levels: Uint8Array,
  and: Float64Array,
  count: number,
): void {
  for (let k = 0; k < count; k++)
    into[k] = (into[k] as number) * (by[levels[k] as number] as number) * (and[k] as number);
}

/** By value: the share of records that have it. */
function commonness(
  counts: Uint32Array,
  present = counts.reduce((sum, count) => sum + count, 0),
): Float32Array {
  return Float32Array.from(counts, (count) => (count === 0 ? 1 : Math.max(RAREST, count / present)));
}
