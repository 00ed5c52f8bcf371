import { sharedNumbers } from './shared-memory.ts';

/**
 * Gives each different 64-bit token a small number, from 1 in the order of first sight. An open-addressed table
 * in typed arrays: tens of millions of tokens fit where a Map would not.
 */
export class Interner {
  #low = new Uint32Array(1 << 12);
  #high = new Uint32Array(1 << 12);
  #number = new Uint32Array(1 << 12);
  #mask = (1 << 12) - 1;
  #size = 0;

  /** How many different tokens there are; the highest number given. */
  get size(): number {
    return this.#size;
  }

  /** The token's number; a token of zero stands for a missing value and has number 0. */
  intern(low: number, high: number): number {
    if (low === 0 && high === 0) return 0;
    let at = this.#place(low, high);
    while (this.#number[at] !== 0) {
      if (this.#low[at] === low && this.#high[at] === high) return this.#number[at] as number;
      at = (at + 1) & this.#mask;
    }
    this.#low[at] = low;
    this.#high[at] = high;
    this.#number[at] = ++this.#size;
    if (this.#size * 2 > this.#mask) this.#grow();
    return this.#size;
  }

  /** The number of a token that was interned before, or 0. */
  find(low: number, high: number): number {
    let at = this.#place(low, high);
    while (this.#number[at] !== 0) {
      if (this.#low[at] === low && this.#high[at] === high) return this.#number[at] as number;
      at = (at + 1) & this.#mask;
    }
    return 0;
  }

  /** The token behind each number, as two halves; place 0 is unused. */
  tokens(): { low: Uint32Array; high: Uint32Array } {
    const low = sharedNumbers(this.#size + 1);
    const high = sharedNumbers(this.#size + 1);
    this.#number.forEach((number, at) => {
      low[number] = this.#low[at] as number;
      high[number] = this.#high[at] as number;
    });
    low[0] = 0;
    high[0] = 0;
    return { low, high };
  }

  #place(low: number, high: number): number {
    return mix(low ^ Math.imul(high, 0x9e3779b1)) & this.#mask;
  }

  #grow(): void {
    const [low, high, number] = [this.#low, this.#high, this.#number];
    const length = (this.#mask + 1) * 2;
    this.#low = new Uint32Array(length);
    this.#high = new Uint32Array(length);
    this.#number = new Uint32Array(length);
    this.#mask = length - 1;
    for (let i = 0; i < number.length; i++) {
      if (number[i] === 0) continue;
      let at = this.#place(low[i] as number, high[i] as number);
      while (this.#number[at] !== 0) at = (at + 1) & this.#mask;
      this.#low[at] = low[i] as number;
      this.#high[at] = high[i] as number;
      this.#number[at] = number[i] as number;
    }
  }
}

/** Spreads the bits of a 32-bit number over all of it. */
export function mix(number: number): number {
  let h = number;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
