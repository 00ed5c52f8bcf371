import type { Blocking } from './blocking.ts';
import { BATCH } from './compare.ts';
import { EdgeList, type Edges } from './edges.ts';
import type { Model } from './model.ts';
import { eachPair, type Meeting } from './pairs.ts';
import { Scorer } from './score.ts';
import type { RecordTable } from './table.ts';
import type { TermFrequency } from './term-frequency.ts';

export interface Scored {
  readonly edges: Edges;
  readonly compared: number;
}

/** Scores every candidate pair and keeps those of at least a weight. */
export function scorePairs(
  table: RecordTable,
  blocking: Pick<Blocking, 'blocks'>,
  model: Model,
  least: number,
  meet?: Meeting,
  frequencies?: readonly TermFrequency[],
): Scored {
  const scoring = new PairScoring(new Scorer(table, model, frequencies), least);
  eachPair(blocking, meet, scoring.offer);
  return scoring.finish();
}

/** Takes pairs one by one, scores them in batches, and keeps those of at least a weight. */
export class PairScoring {
  readonly #scorer: Scorer;
  readonly #least: number;
  readonly #a = new Uint32Array(BATCH);
  readonly #b = new Uint32Array(BATCH);
  readonly #weights = new Float32Array(BATCH);
  readonly #kept: EdgeList;
  #waiting = 0;
  #compared = 0;

  constructor(scorer: Scorer, least: number, kept = new EdgeList()) {
    this.#scorer = scorer;
    this.#least = least;
    this.#kept = kept;
  }

  readonly offer = (a: number, b: number): void => {
    this.#a[this.#waiting] = a;
    this.#b[this.#waiting] = b;
    if (++this.#waiting === BATCH) this.#flush();
  };

  finish(): Scored {
    this.#flush();
    return { edges: this.#kept.finish(), compared: this.#compared };
  }

  #flush(): void {
    const count = this.#waiting;
    this.#scorer.score(this.#a, this.#b, count, this.#weights);
    for (let k = 0; k < count; k++) {
      const weight = this.#weights[k] as number;
      if (weight >= this.#least) this.#kept.add(this.#a[k] as number, this.#b[k] as number, weight);
    }
    this.#compared += count;
    this.#waiting = 0;
  }
}
