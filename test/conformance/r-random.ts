/**
 * The random numbers of R 4 after `set.seed`, so that resamples which reference packages drew can be drawn again: the
 * Mersenne Twister (Matsumoto & Nishimura 1998) and the binomial variates of Kachitvichyanukul & Schmeiser (1988).
 */
export class RRandom {
  readonly #state = new Uint32Array(624);
  #next = 624;

  constructor(seed: number) {
    let word = seed >>> 0;
    const advance = (): number => (word = (Math.imul(69069, word) + 1) >>> 0);
    for (let i = 0; i < 51; i++) advance();
    for (let i = 0; i < 624; i++) this.#state[i] = advance();
  }

  uniform(): number {
    if (this.#next === 624) this.#twist();
    let y = this.#state[this.#next++]!;
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    y ^= y >>> 18;
    const value = (y >>> 0) * 2.3283064365386963e-10;
    const least = 2.328306437080797e-10;
    return value <= 0 ? least / 2 : 1 - value <= 0 ? 1 - least / 2 : value;
  }

  #twist(): void {
    const state = this.#state;
    for (let i = 0; i < 624; i++) {
      const y = (state[i]! & 0x80000000) | (state[(i + 1) % 624]! & 0x7fffffff);
      state[i] = state[(i + 397) % 624]! ^ (y >>> 1) ^ ((y & 1) === 0 ? 0 : 0x9908b0df);
    }
    this.#next = 0;
  }

  binomial(trials: number, chance: number): number {
    const p = Math.min(chance, 1 - chance);
    const successes = trials * p < 30 ? this.#inversion(trials, p) : this.#rejection(trials, p);
    return chance > 0.5 ? trials - successes : successes;
  }

  multinomial(total: number, weights: readonly number[]): number[] {
    const sum = weights.reduce((a, b) => a + b, 0);
    const shares = weights.map((weight) => weight / sum);
    const counts = weights.map(() => 0);
    let left = total;
    // R keeps what is left of the probability in extended precision, and a rounding can decide a draw.
    let rest = shares.reduce((sum, share) => rounded(sum + scaled(share), EXTENDED), 0n);
    for (let i = 0; i < shares.length - 1 && left > 0; i++) {
      if (shares[i]! > 0) {
        const chance = quotient(shares[i]!, rest);
        counts[i] = chance < 1 ? this.binomial(left, chance) : left;
        left -= counts[i]!;
      }
      rest = rounded(rest - scaled(shares[i]!), EXTENDED);
    }
    counts[counts.length - 1]! += left;
    return counts;
  }

  #inversion(n: number, p: number): number {
    const q = 1 - p;
    const ratio = p / q;
    const g = ratio * (n + 1);
    for (;;) {
      let f = q ** n;
      let u = this.uniform();
      for (let x = 0; x <= 110; x++) {
        if (u < f) return x;
        u -= f;
        f *= g / (x + 1) - ratio;
      }
    }
  }

  /** Triangle, parallelogram and two exponential tails over the histogram; squeezes before the exact test. */
  #rejection(n: number, p: number): number {
    const q = 1 - p;
    const variance = n * p * q;
    const ratio = p / q;
    const g = ratio * (n + 1);
    const top = n * p + p;
    const mode = Math.floor(top);
    const half = Math.floor(2.195 * Math.sqrt(variance) - 4.6 * q) + 0.5;
    const centre = mode + 0.5;
    const left = centre - half;
    const right = centre + half;
    const c = 0.134 + 20.5 / (15.3 + mode);
    const slope = (a: number): number => a * (1 + 0.5 * a);
    const leftRate = slope((top - left) / (top - left * p));
    const rightRate = slope((right - top) / (right * q));
    const area2 = half * (1 + 2 * c);
    const area3 = area2 + c / leftRate;
    const area4 = area3 + c / rightRate;
    for (;;) {
      const u = this.uniform() * area4;
      let v = this.uniform();
      if (u <= half) return Math.trunc(centre - half * v + u);
      let x: number;
      if (u <= area2) {
        const at = left + (u - half) / c;
        v = v * c + 1 - Math.abs(centre - at) / half;
        if (v > 1 || v <= 0) continue;
        x = Math.trunc(at);
      } else if (u <= area3) {
        x = Math.trunc(left + Math.log(v) / leftRate);
        if (x < 0) continue;
        v *= (u - area2) * leftRate;
      } else {
        x = Math.trunc(right - Math.log(v) / rightRate);
        if (x > n) continue;
        v *= (u - area3) * rightRate;
      }
      const distance = Math.abs(x - mode);
      if (distance <= 20 || distance >= variance / 2 - 1) {
        let f = 1;
        for (let i = mode + 1; i <= x; i++) f *= g / i - ratio;
        for (let i = x + 1; i <= mode; i++) f /= g / i - ratio;
        if (v <= f) return x;
        continue;
      }
      const bound =
        (distance / variance) * ((distance * (distance / 3 + 0.625) + 0.1666666666666) / variance + 0.5);
      const parabola = (-distance * distance) / (2 * variance);
      const log = Math.log(v);
      if (log < parabola - bound) return x;
      if (log <= parabola + bound && log <= this.#logRatio(n, p, x, mode)) return x;
    }
  }

  /** log of the probability of x over that of the mode, by Stirling's formula. */
  #logRatio(n: number, p: number, x: number, mode: number): number {
    const tail = (a: number): number => {
      const s = a * a;
      return (13860 - (462 - (132 - (99 - 140 / s) / s) / s) / s) / a / 166320;
    };
    const x1 = x + 1;
    const f1 = mode + 1;
    const z = n + 1 - mode;
    const w = n - x + 1;
    return (
      (mode + 0.5) * Math.log(f1 / x1) +
      (n - mode + 0.5) * Math.log(z / w) +
      (x - mode) * Math.log((w * p) / (x1 * (1 - p))) +
      tail(f1) +
      tail(z) +
      tail(x1) +
      tail(w)
    );
  }
}

/** Numbers from 0 to 1 as whole multiples of 2^−SCALE, enough for every double above 1e−19 to be exact. */
const SCALE = 120;
/** Bits of the mantissa of an x87 extended double, and of a double. */
const EXTENDED = 64;
const DOUBLE = 53;

function scaled(value: number): bigint {
  // A double's product with a power of two is exact, and so is the conversion of the whole number that results.
  return BigInt(value * 2 ** SCALE);
}

/** Rounds to the nearest number with that many significant bits, to even when halfway. */
function rounded(value: bigint, bits: number): bigint {
  const excess = value.toString(2).length - bits;
  if (excess <= 0) return value;
  const unit = 1n << BigInt(excess);
  const rest = value % unit;
  const down = value - rest;
  if (rest * 2n < unit || (rest * 2n === unit && (down / unit) % 2n === 0n)) return down;
  return down + unit;
}

function quotient(share: number, rest: bigint): number {
  const digits = 200n;
  const extended = rounded((scaled(share) << digits) / rest, EXTENDED);
  return Number(rounded(extended, DOUBLE)) / 2 ** Number(digits);
}
