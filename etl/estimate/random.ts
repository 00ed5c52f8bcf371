import { logFactorial } from './distributions.ts';

/**
 * Random numbers that are the same on every machine and for any number of threads: each piece of work (a resample,
 * a chain, an imputation) draws from its own stream, which only the seed and its number determine.
 *
 * The generator is xoshiro128** (Blackman & Vigna 2021) in 32-bit integers, its state filled by a mixing of the seed.
 */
export interface Random {
  /** Uniform on [0, 1), 53 bits. */
  uniform(): number;
}

export function randomStream(seed: number, stream: number): Random {
  const state = new Uint32Array(4);
  let mixing = mix(seed >>> 0, Math.floor(seed / 2 ** 32) >>> 0);
  mixing = mix(mixing, stream >>> 0);
  for (let i = 0; i < 4; i++) state[i] = mixing = mix(mixing, 0x9e3779b9 + i);
  const next = (): number => {
    const product = Math.imul(state[1]!, 5);
    const result = Math.imul((product << 7) | (product >>> 25), 9);
    const shifted = state[1]! << 9;
    state[2]! ^= state[0]!;
    state[3]! ^= state[1]!;
    state[1]! ^= state[2]!;
    state[0]! ^= state[3]!;
    state[2]! ^= shifted;
    state[3] = (state[3]! << 11) | (state[3]! >>> 21);
    return result >>> 0;
  };
  return { uniform: () => ((next() >>> 5) * 67108864 + (next() >>> 6)) / 9007199254740992 };
}

/** Two rounds of the finaliser of MurmurHash3 over both words: neighbouring seeds and streams share nothing. */
function mix(a: number, b: number): number {
  let h = (a ^ Math.imul(b + 0x85ebca6b, 0xc2b2ae35)) >>> 0;
  for (let round = 0; round < 2; round++) {
    h ^= h >>> 16;
    h = Math.imul(h, 0x85ebca6b);
    h ^= h >>> 13;
    h = Math.imul(h, 0xc2b2ae35);
    h ^= h >>> 16;
    h = (h + 0x9e3779b9) >>> 0;
  }
  return h;
}

export function normal(random: Random): number {
  const radius = Math.sqrt(-2 * Math.log(1 - random.uniform()));
  return radius * Math.cos(2 * Math.PI * random.uniform());
}

/** Marsaglia & Tsang's gamma variate with scale 1; a shape under 1 by raising it and a power of a uniform. */
export function gamma(random: Random, shape: number): number {
  if (shape < 1) return gamma(random, shape + 1) * (1 - random.uniform()) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = normal(random);
    const v = (1 + c * x) ** 3;
    if (v <= 0) continue;
    const u = 1 - random.uniform();
    if (Math.log(u) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}

export function beta(random: Random, a: number, b: number): number {
  const x = gamma(random, a);
  return x / (x + gamma(random, b));
}

/** Knuth's product for small means, Hörmann's transformed rejection (PTRS) otherwise. */
export function poisson(random: Random, mean: number): number {
  if (mean < 10) {
    const limit = Math.exp(-mean);
    let product = random.uniform();
    let count = 0;
    while (product > limit) {
      product *= random.uniform();
      count++;
    }
    return count;
  }
  const b = 0.931 + 2.53 * Math.sqrt(mean);
  const a = -0.059 + 0.02483 * b;
  const inverse = 1.1239 + 1.1328 / (b - 3.4);
  const squeeze = 0.9277 - 3.6224 / (b - 2);
  for (;;) {
    const u = random.uniform() - 0.5;
    const v = 1 - random.uniform();
    const us = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / us + b) * u + mean + 0.43);
    if (us >= 0.07 && v <= squeeze) return k;
    if (k < 0 || (us < 0.013 && v > us)) continue;
    const accept = Math.log((v * inverse) / (a / (us * us) + b));
    if (accept <= k * Math.log(mean) - mean - logFactorial(k)) return k;
  }
}

/** Inversion for few expected successes, Hörmann's transformed rejection (BTRS) otherwise. */
export function binomial(random: Random, trials: number, p: number): number {
  if (trials === 0 || p <= 0) return 0;
  if (p >= 1) return trials;
  if (p > 0.5) return trials - binomial(random, trials, 1 - p);
  if (trials * p < 10) return binomialByInversion(random, trials, p);
  const spread = Math.sqrt(trials * p * (1 - p));
  const b = 1.15 + 2.53 * spread;
  const a = -0.0873 + 0.0248 * b + 0.01 * p;
  const c = trials * p + 0.5;
  const squeeze = 0.92 - 4.2 / b;
  const alpha = (2.83 + 5.1 / b) * spread;
  const logOdds = Math.log(p / (1 - p));
  const mode = Math.floor((trials + 1) * p);
  const atMode = logFactorial(mode) + logFactorial(trials - mode);
  for (;;) {
    const u = random.uniform() - 0.5;
    const v = 1 - random.uniform();
    const us = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / us + b) * u + c);
    if (us >= 0.07 && v <= squeeze) return k;
    if (k < 0 || k > trials) continue;
    const accept = Math.log((v * alpha) / (a / (us * us) + b));
    if (accept <= atMode - logFactorial(k) - logFactorial(trials - k) + (k - mode) * logOdds) return k;
  }
}

function binomialByInversion(random: Random, trials: number, p: number): number {
  const odds = p / (1 - p);
  for (;;) {
    let probability = (1 - p) ** trials;
    let u = random.uniform();
    // The guard against a sum of rounded probabilities that stays under u is to draw again.
    for (let count = 0; count <= trials; count++) {
      if (u < probability) return count;
      u -= probability;
      probability *= (odds * (trials - count)) / (count + 1);
    }
  }
}

/** Counts of `total` draws with the given weights, one conditional binomial after the other. */
export function multinomial(
  random: Random,
  total: number,
  shares: ArrayLike<number>,
  into: Float64Array,
): void {
  let weight = 0;
  let last = 0;
  for (let i = 0; i < shares.length; i++) {
    weight += shares[i]!;
    if (shares[i]! > 0) last = i;
  }
  let left = total;
  into.fill(0);
  for (let i = 0; i < last && left > 0; i++) {
    const share = shares[i]!;
    if (share <= 0) continue;
    into[i] = binomial(random, left, share / weight);
    left -= into[i]!;
    weight -= share;
  }
  // The last category with any weight takes the rest, so that rounding never fills one that has none.
  into[last]! += left;
}
