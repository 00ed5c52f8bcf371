import { type Blocking, eachPair, type Meeting } from './blocking.ts';
import { BATCH, Comparer } from './compare.ts';
import { type Model, priorWeight, weightsOf } from './model.ts';
import type { RecordTable } from './table.ts';
import { knownCounts, type TermFrequency, valueCounts } from './term-frequency.ts';

/** Scored pairs, in the order in which blocking met them: the smaller record, the other, and the weight. */
export interface Edges {
  readonly a: Uint32Array;
  readonly b: Uint32Array;
  /** Log-odds to the base two that both are one person. */
  readonly weight: Float32Array;
}

export interface Scored {
  readonly edges: Edges;
  readonly compared: number;
}

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

export class Scorer {
  readonly #comparer: Comparer;
  readonly #model: Model;
  readonly #weights: readonly Float64Array[];
  readonly #rarity: readonly Float32Array[];
  readonly #levels: readonly Uint8Array[];
  readonly #prior: number;

  constructor(table: RecordTable, model: Model, frequencies?: readonly TermFrequency[]) {
    this.#comparer = new Comparer(table);
    this.#model = model;
    this.#weights = weightsOf(model);
    this.#prior = priorWeight(model);
    this.#levels = this.#comparer.fields.map(() => new Uint8Array(BATCH));
    this.#rarity = this.#comparer.fields.map(({ exact }, i) => {
      const usual = model.fields[i]?.u.at(-1) ?? 1;
      const known = frequencies?.[i];
      if (known === undefined) return rarities(valueCounts(exact), usual);
      return rarities(knownCounts(table, i, known), usual, known.present);
    });
  }

  /** The weights of up to `BATCH` pairs. */
  score(a: Uint32Array, b: Uint32Array, count: number, weights: Float32Array): void {
    this.#comparer.compare(a, b, count, this.#levels);
    weights.fill(this.#prior, 0, count);
    this.#comparer.fields.forEach(({ exact, levels }, field) => {
      const byLevel = this.#weights[field] as Float64Array;
      const rarity = this.#rarity[field] as Float32Array;
      const found = this.#levels[field] as Uint8Array;
      const last = levels.names.length - 1;
      for (let k = 0; k < count; k++) {
        const level = found[k] as number;
        let weight = byLevel[level] as number;
        if (level === last) weight += rarity[exact[a[k] as number] as number] as number;
        weights[k] = (weights[k] as number) + weight;
      }
    });
  }

  /** The way from the prior to a pair's weight, field by field. */
  waterfall(a: number, b: number): { prior: number; steps: Step[]; weight: number } {
    this.#comparer.compare(Uint32Array.of(a), Uint32Array.of(b), 1, this.#levels);
    const steps = this.#comparer.fields.map(({ exact, levels }, field) => {
      const level = this.#levels[field]?.[0] as number;
      const last = level === levels.names.length - 1;
      const rarity = last ? (this.#rarity[field]?.[exact[a] as number] as number) : 0;
      const weight = (this.#weights[field]?.[level] as number) + rarity;
      return {
        field: this.#model.fields[field]?.name ?? '',
        level: levels.names[level] ?? '',
        weight,
        rarity,
      };
    });
    const weight = steps.reduce((sum, step) => sum + step.weight, this.#prior);
    return { prior: this.#prior, steps, weight };
  }
}

/** By value: how much more exact agreement on it says than on a value of the usual frequency. */
function rarities(
  counts: Uint32Array,
  usual: number,
  present = counts.reduce((sum, count) => sum + count, 0),
): Float32Array {
  return Float32Array.from(counts, (count) =>
    count === 0 ? 0 : Math.log2(usual / Math.max(RAREST, count / present)),
  );
}

/** Scores every candidate pair and keeps those of at least a weight. */
export function scorePairs(
  table: RecordTable,
  blocking: Blocking,
  model: Model,
  least: number,
  meet?: Meeting,
  frequencies?: readonly TermFrequency[],
): Scored {
  const scorer = new Scorer(table, model, frequencies);
  const [a, b, weights] = [new Uint32Array(BATCH), new Uint32Array(BATCH), new Float32Array(BATCH)];
  const kept = new EdgeList();
  let [waiting, compared] = [0, 0];
  const flush = (): void => {
    scorer.score(a, b, waiting, weights);
    for (let k = 0; k < waiting; k++) {
      const weight = weights[k] as number;
      if (weight >= least) kept.add(a[k] as number, b[k] as number, weight);
    }
    compared += waiting;
    waiting = 0;
  };
  eachPair(blocking, meet, (x, y) => {
    a[waiting] = x;
    b[waiting] = y;
    if (++waiting === BATCH) flush();
  });
  flush();
  return { edges: kept.finish(), compared };
}

export class EdgeList {
  #a = new Uint32Array(1024);
  #b = new Uint32Array(1024);
  #weight = new Float32Array(1024);
  #count = 0;

  add(a: number, b: number, weight: number): void {
    if (this.#count === this.#a.length) this.#grow();
    this.#a[this.#count] = a;
    this.#b[this.#count] = b;
    this.#weight[this.#count++] = weight;
  }

  finish(): Edges {
    return {
      a: this.#a.slice(0, this.#count),
      b: this.#b.slice(0, this.#count),
      weight: this.#weight.slice(0, this.#count),
    };
  }

  #grow(): void {
    const length = this.#a.length * 2;
    const [a, b, weight] = [new Uint32Array(length), new Uint32Array(length), new Float32Array(length)];
    a.set(this.#a);
    b.set(this.#b);
    weight.set(this.#weight);
    [this.#a, this.#b, this.#weight] = [a, b, weight];
  }
}
