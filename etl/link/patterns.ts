import { BATCH, type Comparer } from './compare.ts';
import type { Pattern } from './em.ts';

/** How often each pattern of agreement occurs; a pattern is one number, the levels of all fields in a row. */
export interface PatternTally {
  readonly codes: Float64Array;
  readonly counts: Float64Array;
  readonly compared: number;
}

/** Compares pairs in batches and counts their patterns. */
export class PatternCounts {
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
    this.#sizes = sizesOf(comparer);
  }

  add(a: number, b: number): void {
    this.#a[this.#waiting] = a;
    this.#b[this.#waiting] = b;
    if (++this.#waiting === BATCH) this.#flush();
  }

  finish(): PatternTally {
    this.#flush();
    return {
      codes: Float64Array.from(this.#counts.keys()),
      counts: Float64Array.from(this.#counts.values()),
      compared: this.#compared,
    };
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
}

/** Adds tallies up. Patterns come out in the order of their numbers, whoever counted them. */
export function patternsOf(
  comparer: Comparer,
  tallies: readonly PatternTally[],
): { patterns: Pattern[]; compared: number } {
  const sums = new Map<number, number>();
  let compared = 0;
  for (const tally of tallies) {
    tally.codes.forEach((code, i) => sums.set(code, (sums.get(code) ?? 0) + (tally.counts[i] as number)));
    compared += tally.compared;
  }
  const sizes = sizesOf(comparer);
  const patterns = [...sums]
    .sort(([a], [b]) => a - b)
    .map(([code, count]) => ({ levels: levelsOfCode(code, sizes), count }));
  return { patterns, compared };
}

function sizesOf(comparer: Comparer): readonly number[] {
  return comparer.fields.map(({ levels }) => levels.names.length);
}

function levelsOfCode(code: number, sizes: readonly number[]): number[] {
  const levels: number[] = [];
  let rest = code;
  for (let field = sizes.length - 1; field >= 0; field--) {
    const size = sizes[field] as number;
    levels[field] = rest % size;
    rest = Math.floor(rest / size);
  }
  return levels;
}
