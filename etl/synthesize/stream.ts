/**
 * Random numbers that are the same on every machine: 32-bit integers only, no floating functions. Each entity has
 * a stream of its own, named by what it is, so that neither order nor parallel work changes what is drawn.
 */
export class Stream {
  #a: number;
  #b: number;
  #c: number;
  #counter: number;

  constructor(seed: number, kind: string, ...ids: readonly (number | string)[]) {
    let hash = mix(seed ^ 0x9e3779b9);
    hash = absorb(hash, kind);
    for (const id of ids) hash = typeof id === 'number' ? mix(hash ^ mix(id ^ 0x85ebca6b)) : absorb(hash, id);
    this.#a = hash;
    this.#b = mix(hash + 0x6d2b79f5);
    this.#c = mix(this.#b ^ 0x1b873593);
    this.#counter = 1;
    for (let i = 0; i < 4; i++) this.next();
  }

  /** The generator sfc32: four words of state, additions, shifts and exclusive ors. */
  next(): number {
    const sum = (((this.#a + this.#b) | 0) + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }

  /** A whole number from 0 to n - 1; the bias of the scaling is below n in 2^32. */
  below(n: number): number {
    return Math.floor((this.next() * n) / 4294967296);
  }

  between(low: number, high: number): number {
    return low + this.below(high - low + 1);
  }

  /** True this many times in a thousand. */
  perMille(n: number): boolean {
    return this.below(1000) < n;
  }

  /** True with a probability given as odds; products of odds stand where a model has sums of logits. */
  odds(odds: number): boolean {
    return this.next() * (1 + odds) < odds * 4294967296;
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)] as T;
  }

  weighted<T>(table: Weighted<T>): T {
    const at = this.below(table.total);
    let low = 0;
    let high = table.ends.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (at < (table.ends[middle] as number)) high = middle;
      else low = middle + 1;
    }
    return table.items[low] as T;
  }

  /** Days until an event that comes with the same chance each day; capped at eight times the mean. */
  waiting(meanDays: number): number {
    let days = 0;
    const step = Math.max(1, Math.floor(meanDays / 8));
    while (days < meanDays * 8 && !this.odds(1 / 7)) days += step;
    return days + this.below(step);
  }
}

export interface Weighted<T> {
  readonly items: readonly T[];
  readonly ends: readonly number[];
  readonly total: number;
}

/** Items with whole weights. */
export function weighted<T>(pairs: readonly (readonly [T, number])[]): Weighted<T> {
  const ends: number[] = [];
  let total = 0;
  for (const [, weight] of pairs) {
    total += weight;
    ends.push(total);
  }
  return { items: pairs.map(([item]) => item), ends, total };
}

/** Sixty-four bits that name something, as text; not a secret and not a source of randomness. */
export function nameOf(seed: number, ...parts: readonly (number | string)[]): string {
  const stream = new Stream(seed, 'name', ...parts);
  return hex(stream.next()) + hex(stream.next());
}

const HALVES = Array.from({ length: 1 << 16 }, (_, half) => half.toString(16).padStart(4, '0'));

function hex(word: number): string {
  return (HALVES[word >>> 16] as string) + (HALVES[word & 0xffff] as string);
}

function absorb(hash: number, text: string): number {
  let state = hash;
  for (let i = 0; i < text.length; i++) state = Math.imul(state ^ text.charCodeAt(i), 0x01000193);
  return mix(state ^ text.length);
}

function mix(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
