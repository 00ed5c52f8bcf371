import { medianUnbiasedQuantile } from './bca.ts';
import { type CaptureTable, persons } from './capture-table.ts';
import { type Diagnosis, diagnose } from './chain-diagnostics.ts';
import { logGamma } from './distributions.ts';
import { beta, gamma, multinomial, poisson, type Random, randomStream } from './random.ts';

/**
 * A latent-class model with a Dirichlet-process prior (Manrique-Vallier 2016): persons fall into classes, within a
 * class the lists are independent, and the prior of N is 1/N. The posterior often has several modes, so that the
 * chains start apart, and the result says whether they came to agree.
 */
export interface LatentClassOptions {
  readonly seed: number;
  readonly chains?: number;
  readonly burnIn?: number;
  readonly draws?: number;
  readonly thinning?: number;
  readonly classes?: number;
  readonly level?: number;
}

export interface LatentClass {
  readonly median: number;
  readonly mean: number;
  readonly sd: number;
  readonly lower: number;
  readonly upper: number;
  readonly chainMedians: readonly number[];
  /** Of log n0. */
  readonly diagnosis: Diagnosis;
  readonly mixed: boolean;
}

/** Shape and rate of the gamma prior on the concentration of the classes. */
const CONCENTRATION = 0.25;
export const HIGHEST_RHAT = 1.01;
export const LEAST_EFFECTIVE = 400;

export function latentClass(table: CaptureTable, options: LatentClassOptions): LatentClass {
  const chains = Math.max(4, options.chains ?? 4);
  const level = options.level ?? 0.95;
  const drawn = Array.from({ length: chains }, (_, chain) =>
    runChain(table, randomStream(options.seed, chain), chain, options),
  );
  const diagnosis = diagnose(drawn.map((chain) => chain.map((hidden) => Math.log(hidden + 1))));
  const seen = persons(table);
  const pooled = drawn.flatMap((chain) => Array.from(chain, (hidden) => seen + hidden)).sort((a, b) => a - b);
  const mean = pooled.reduce((sum, n) => sum + n, 0) / pooled.length;
  return {
    median: medianUnbiasedQuantile(pooled, 0.5),
    mean,
    sd: Math.sqrt(pooled.reduce((sum, n) => sum + (n - mean) ** 2, 0) / (pooled.length - 1)),
    lower: medianUnbiasedQuantile(pooled, (1 - level) / 2),
    upper: medianUnbiasedQuantile(pooled, (1 + level) / 2),
    chainMedians: drawn.map((chain) => seen + medianUnbiasedQuantile(chain.slice().sort(), 0.5)),
    diagnosis,
    mixed: diagnosis.rhat < HIGHEST_RHAT && diagnosis.effective > LEAST_EFFECTIVE,
  };
}

interface State {
  readonly share: Float64Array;
  /** Probability of list j for class c at `c * lists + j`. */
  readonly sees: Float64Array;
  concentration: number;
  hidden: number;
}

function runChain(table: CaptureTable, random: Random, chain: number, options: LatentClassOptions) {
  const classes = options.classes ?? 10;
  const burnIn = options.burnIn ?? 10_000;
  const draws = options.draws ?? 2000;
  const thinning = options.thinning ?? 25;
  const state = start(table, random, chain, classes);
  const sampler = sweeper(table, classes);
  const kept = new Float64Array(draws);
  for (let i = 0; i < burnIn; i++) sampler(state, random);
  for (let i = 0; i < draws; i++) {
    for (let j = 0; j < thinning; j++) sampler(state, random);
    kept[i] = state.hidden;
  }
  return kept;
}

/** Dispersed starts: from as many hidden as seen to hundreds of times as many, and classes drawn at random. */
function start(table: CaptureTable, random: Random, chain: number, classes: number): State {
  const lists = table.lists.length;
  const share = Float64Array.from({ length: classes }, () => gamma(random, 1));
  const whole = share.reduce((sum, value) => sum + value, 0);
  const rarity = [1, 8, 40, 2][chain % 4]!;
  return {
    share: share.map((value) => value / whole),
    sees: Float64Array.from({ length: classes * lists }, () => beta(random, 1, rarity)),
    concentration: 1,
    hidden: Math.round(persons(table) * [0.5, 5, 50, 1.5][chain % 4]!),
  };
}

/** One sweep of the Gibbs sampler over the classes of all persons, the hidden ones too, and all parameters. */
function sweeper(table: CaptureTable, classes: number): (state: State, random: Random) => void {
  const lists = table.lists.length;
  const seen = persons(table);
  const histories = Array.from(table.counts.keys()).filter((history) => table.counts[history]! > 0);
  const inClass = new Float64Array(classes);
  const onList = new Float64Array(classes * lists);
  const weight = new Float64Array(classes);
  const drawn = new Float64Array(classes);

  const likelihoods = (history: number, { share, sees }: State): void => {
    for (let c = 0; c < classes; c++) {
      let product = share[c]!;
      for (let list = 0; list < lists; list++) {
        const p = sees[c * lists + list]!;
        product *= (history >> list) & 1 ? p : 1 - p;
      }
      weight[c] = product;
    }
  };
  const allot = (history: number, count: number, state: State, random: Random): void => {
    likelihoods(history, state);
    multinomial(random, count, weight, drawn);
    for (let c = 0; c < classes; c++) {
      if (drawn[c] === 0) continue;
      inClass[c]! += drawn[c]!;
      for (let list = 0; list < lists; list++)
        if ((history >> list) & 1) onList[c * lists + list]! += drawn[c]!;
    }
  };

  return (state, random) => {
    inClass.fill(0);
    onList.fill(0);
    for (const history of histories) allot(history, table.counts[history]!, state, random);
    likelihoods(0, state);
    const unseen = weight.reduce((sum, value) => sum + value, 0);
    // The number never seen is negative binomial: a gamma mixture of Poisson counts.
    const rate = (gamma(random, seen) * unseen) / Math.max(1e-12, 1 - unseen);
    state.hidden = poisson(random, Math.min(rate, 1e12));
    allot(0, state.hidden, state, random);

    // Concentration first, with the sticks integrated out, then the sticks: together one exact draw. Drawn from the
    // sticks, the concentration would stay for ages near zero once all persons were in one class.
    state.concentration = drawConcentration(inClass, state.concentration, random);
    let left = 1;
    let behind = seen + state.hidden;
    for (let c = 0; c < classes; c++) {
      behind -= inClass[c]!;
      const stick =
        c === classes - 1 ? 1 : beta(random, 1 + inClass[c]!, state.concentration + Math.max(0, behind));
      state.share[c] = left * stick;
      left *= 1 - stick;
    }
    for (let c = 0; c < classes; c++) {
      for (let list = 0; list < lists; list++) {
        const on = onList[c * lists + list]!;
        state.sees[c * lists + list] = beta(random, 1 + on, 1 + inClass[c]! - on);
      }
    }
  };
}

/** Slice sampling of the logarithm of the concentration given how many persons each class has. */
function drawConcentration(inClass: Float64Array, from: number, random: Random): number {
  const classes = inClass.length;
  const behind = new Float64Array(classes);
  for (let c = classes - 2; c >= 0; c--) behind[c] = behind[c + 1]! + inClass[c + 1]!;
  const logDensity = (x: number): number => {
    const alpha = Math.exp(x);
    let sum = CONCENTRATION * x - CONCENTRATION * alpha;
    for (let c = 0; c < classes - 1 && inClass[c]! + behind[c]! > 0; c++) {
      sum += behind[c] === 0 ? logGamma(1 + alpha) : x + logGamma(alpha + behind[c]!);
      sum -= logGamma(1 + alpha + inClass[c]! + behind[c]!);
    }
    return sum;
  };
  const x = Math.log(from);
  const height = logDensity(x) + Math.log(1 - random.uniform());
  const width = 3;
  let low = x - width * random.uniform();
  let high = low + width;
  while (low > -60 && logDensity(low) > height) low -= width;
  while (high < 10 && logDensity(high) > height) high += width;
  for (;;) {
    const at = low + (high - low) * random.uniform();
    if (logDensity(at) > height) return Math.exp(at);
    if (at < x) low = at;
    else high = at;
  }
}
