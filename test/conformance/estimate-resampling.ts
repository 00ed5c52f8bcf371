import { ranked } from '../../etl/estimate/all-models.ts';
import { type Bca, bca, medianUnbiasedQuantile } from '../../etl/estimate/bca.ts';
import { leaveOneOut } from '../../etl/estimate/bootstrap.ts';
import { type CaptureTable, captureTable, persons, size } from '../../etl/estimate/capture-table.ts';
import { normalCdf, normalQuantile } from '../../etl/estimate/distributions.ts';
import { hierarchicalModels, type Model, modelName } from '../../etl/estimate/model.ts';
import { count, fitModel, type ModelFit } from '../../etl/estimate/model-fit.ts';
import { estimateBy, type Selection } from '../../etl/estimate/selection.ts';
import { RRandom } from './r-random.ts';

/** The tables that R draws from this one after `set.seed(1234)`: its rows with persons in the order of the file. */
export function drawnInR(
  table: CaptureTable,
  replicates: number,
  histories: readonly number[],
): CaptureTable[] {
  const random = new RRandom(1234);
  const weights = histories.map((history) => table.counts[history]!);
  return Array.from({ length: replicates }, () => {
    const drawn = random.multinomial(persons(table), weights);
    const counts = new Float64Array(table.counts.length);
    histories.forEach((history, i) => (counts[history] = drawn[i]!));
    return captureTable(table.lists, counts);
  });
}

/** Histories by number of lists, then by their first list, as the reference tables stand: 12, 13, 14, 23 …. */
export function byFirstList(table: CaptureTable): number[] {
  const lists = table.lists.length;
  const key = (history: number): number => {
    let value = 0;
    for (let list = 0; list < lists; list++) value = value * 2 + ((history >> list) & 1);
    return -value;
  };
  return Array.from(table.counts.keys())
    .slice(1)
    .sort((a, b) => size(a) - size(b) || key(a) - key(b));
}

export interface Limits {
  readonly lower: number;
  readonly upper: number;
  readonly q10: number;
  readonly q90: number;
  readonly z0: number;
  readonly acceleration: number;
}

export function limits({ quantile, bias, acceleration }: Bca): Limits {
  return {
    lower: quantile(0.025),
    upper: quantile(0.975),
    q10: quantile(0.1),
    q90: quantile(0.9),
    z0: bias,
    acceleration,
  };
}

/**
 * The same limits with z0 as the packages take it: resamples strictly below the estimate, so that those equal to it
 * count as below or not by the last bit of their rounding.
 */
export function strictLimits(
  estimate: number,
  resampled: readonly number[],
  { acceleration }: Bca,
): Limits[] {
  const sorted = resampled.toSorted((a, b) => a - b);
  const tie = 1e-7 * estimate;
  const below = sorted.filter((value) => value < estimate - tie).length;
  const equal = sorted.filter((value) => Math.abs(value - estimate) <= tie).length;
  return Array.from({ length: equal + 1 }, (_, ties) => {
    const z0 = normalQuantile((below + ties) / sorted.length);
    const at = (p: number): number => {
      const z = z0 + normalQuantile(p);
      return medianUnbiasedQuantile(sorted, normalCdf(z0 + z / (1 - acceleration * z)));
    };
    return { lower: at(0.025), upper: at(0.975), q10: at(0.1), q90: at(0.9), z0, acceleration };
  });
}

export interface Resampled {
  readonly estimate: number;
  readonly resampled: readonly number[];
  readonly bca: Bca;
}

export function bootstrapOf(
  table: CaptureTable,
  tables: readonly CaptureTable[],
  selection: Selection,
): Resampled {
  const estimate = estimateBy(selection, table);
  const resampled = tables
    .map((drawn) => estimateBy(selection, drawn))
    .filter((value) => Number.isFinite(value));
  return { estimate, resampled, bca: bca({ estimate, resampled, jackknife: leaveOneOut(table, selection) }) };
}

/** A model's BIC and estimate in one table, by position in `models`; infinite where an earlier model is sure to be better. */
interface Fitted {
  readonly bic: Float64Array;
  readonly estimate: Float64Array;
}

/**
 * Fits only what could be the best of the models up to its own place. No model fits better than one that has all of its
 * effects and more, so a few large ones bound the rest from below, and most are never fitted.
 */
function fitEach(table: CaptureTable, models: readonly Model[]): Fitted {
  const data = count(table);
  const price = Math.log(data.persons);
  const roofs = largestOf(models).flatMap((model) => {
    const fit = fitModel(data, model);
    if (fit.status !== 0) return [];
    return [{ effects: new Set(model.terms), badness: fit.bic - model.terms.length * price }];
  });
  const bic = new Float64Array(models.length).fill(Infinity);
  const estimate = new Float64Array(models.length).fill(Number.NaN);
  let best = Infinity;
  models.forEach((model, i) => {
    const under = roofs.filter(({ effects }) => model.terms.every((term) => effects.has(term)));
    const badness = Math.max(...under.map((roof) => roof.badness));
    if (badness + model.terms.length * price > best + 1e-6) return;
    const fit = fitModel(data, model);
    if (fit.status !== 0) return;
    bic[i] = fit.bic;
    estimate[i] = data.persons + fit.hidden;
    best = Math.min(best, fit.bic);
  });
  return { bic, estimate };
}

/** All effects of these models together, without one or two that no other effect contains, or with all of them. */
function largestOf(models: readonly Model[]): Model[] {
  const lists = models[0]?.lists ?? 0;
  const all = [...new Set(models.flatMap((model) => [...model.terms]))].sort((a, b) => a - b);
  const outermost = all.filter((term) => !all.some((other) => other !== term && (other & term) === term));
  const leftOut = [[], ...outermost.flatMap((one, i) => outermost.slice(i).map((other) => [one, other]))];
  return leftOut.map((without) => ({
    lists,
    terms: Int32Array.from(all.filter((term) => !without.includes(term))),
  }));
}

/** The bootstrap of the choice by BIC for any number of contenders at once: each resample is fitted only once. */
export class BicBootstrap {
  readonly ranking: readonly ModelFit[];
  readonly #own: Fitted;
  readonly #drawn: readonly Fitted[];
  readonly #leftOut: readonly { readonly fitted: Fitted; readonly weight: number }[];

  constructor(table: CaptureTable, order: number, most: number, replicates: number) {
    const data = count(table);
    const fits = [...hierarchicalModels(table.lists.length, order)]
      .map((model) => fitModel(data, model))
      .filter((fit) => fit.status === 0);
    this.ranking = ranked(fits, 'bic');
    const models = this.ranking.slice(0, most).map((fit) => fit.model);
    this.#own = fitEach(table, models);
    this.#drawn = drawnInR(table, replicates, byFirstList(table)).map((drawn) => fitEach(drawn, models));
    this.#leftOut = Array.from(table.counts.keys())
      .filter((history) => table.counts[history]! > 0)
      .map((history) => {
        const counts = table.counts.slice();
        counts[history]!--;
        return { fitted: fitEach(captureTable(table.lists, counts), models), weight: table.counts[history]! };
      });
  }

  get best(): string {
    return modelName(this.ranking[0]!.model);
  }

  among(contenders: number): Resampled {
    const choose = ({ bic, estimate }: Fitted): number => estimate[leastOf(bic, contenders)]!;
    const estimate = choose(this.#own);
    const resampled = this.#drawn.map(choose).filter((value) => Number.isFinite(value));
    const jackknife = this.#leftOut.map(({ fitted, weight }) => ({ estimate: choose(fitted), weight }));
    return { estimate, resampled, bca: bca({ estimate, resampled, jackknife }) };
  }

  /** How many resamples have their best model among the first so many of the ranking. */
  within(numbers: readonly number[]): number[] {
    const places = this.#drawn.map(({ bic }) => leastOf(bic, bic.length));
    return numbers.map((number) => places.filter((place) => place < number).length);
  }
}

function leastOf(values: Float64Array, upTo: number): number {
  let least = 0;
  for (let i = 1; i < Math.min(upTo, values.length); i++) if (values[i]! < values[least]!) least = i;
  return least;
}
