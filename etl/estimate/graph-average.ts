import { type CaptureTable, persons, size } from './capture-table.ts';
import { type DecomposableGraph, decomposableGraphs } from './decomposable-graphs.ts';
import { logFactorial, logGamma } from './distributions.ts';

/**
 * Bayesian averaging over decomposable graphs (Madigan & York 1997): a hyper-Dirichlet prior with `delta` in every
 * cell of the full table, a prior of N on a grid of hidden counts, and every decomposable graph equally likely.
 */
export interface GraphAverageOptions {
  /** Prior count per cell; 2^−k by default, one person spread over the table. */
  readonly delta?: number;
  /** Hidden counts to consider, increasing. */
  readonly grid?: readonly number[];
  /** Logarithm of the prior of N, up to a constant; −log N by default. */
  readonly logPrior?: (population: number) => number;
  readonly level?: number;
}

export interface GraphPosterior {
  readonly graph: DecomposableGraph;
  readonly probability: number;
  readonly mean: number;
}

export interface GraphAverage {
  readonly median: number;
  readonly mean: number;
  readonly mode: number;
  readonly lower: number;
  readonly upper: number;
  /** Minimises the posterior expectation of the squared relative error. */
  readonly relativeSquaredError: number;
  readonly modeAtFirst: boolean;
  readonly massAtLast: number;
  readonly graphs: readonly GraphPosterior[];
  readonly quantile: (p: number) => number;
}

export const MOST_LISTS_OF_GRAPHS = 6;
const MOST_GRID_POINTS = 5000;

/** Hidden counts up to thirty times the persons seen, in unit steps while there are few enough. */
export function usualGrid(seen: number): number[] {
  const last = 30 * seen;
  const points = Math.min(last, MOST_GRID_POINTS);
  return Array.from({ length: points }, (_, i) => Math.round(1 + ((last - 1) * i) / Math.max(1, points - 1)));
}

export function graphAverage(table: CaptureTable, options: GraphAverageOptions = {}): GraphAverage {
  const k = table.lists.length;
  const seen = persons(table);
  const delta = options.delta ?? 2 ** -k;
  const grid = options.grid ?? usualGrid(seen);
  const logPrior = options.logPrior ?? ((population: number) => -Math.log(population));
  const level = options.level ?? 0.95;
  const graphs = decomposableGraphs(k);

  const common = Float64Array.from(
    grid,
    (hidden) => logFactorial(seen + hidden) - logFactorial(hidden) + logPrior(seen + hidden),
  );
  const parts = marginalLikelihoods(table, delta, grid);
  // Thousands of graphs over thousands of points: one array for all of them, added to point by point.
  const sum = new Float64Array(grid.length);
  const add = (set: number, sign: number): void => {
    const part = parts[set]!;
    for (let i = 0; i < sum.length; i++) sum[i]! += sign * part[i]!;
  };
  const logPosterior = (graph: DecomposableGraph): void => {
    sum.set(common);
    for (const clique of graph.cliques) add(clique, 1);
    for (const separator of graph.separators) add(separator, -1);
    add(0, -1);
  };

  let highest = -Infinity;
  for (const graph of graphs) {
    logPosterior(graph);
    for (let i = 0; i < sum.length; i++) if (sum[i]! > highest) highest = sum[i]!;
  }
  const posterior = new Float64Array(grid.length);
  let whole = 0;
  const shares = graphs.map((graph) => {
    let mass = 0;
    let mean = 0;
    logPosterior(graph);
    for (let i = 0; i < sum.length; i++) {
      const share = Math.exp(sum[i]! - highest);
      posterior[i]! += share;
      mass += share;
      mean += share * (seen + grid[i]!);
    }
    whole += mass;
    return { graph, mass, mean: mean / mass };
  });
  for (let i = 0; i < posterior.length; i++) posterior[i]! /= whole;

  const population = (i: number): number => seen + grid[i]!;
  const expectation = (f: (population: number) => number): number =>
    posterior.reduce((sum, share, i) => sum + share * f(population(i)), 0);
  const quantile = (p: number): number => {
    let sum = 0;
    for (let i = 0; i < posterior.length; i++) {
      sum += posterior[i]!;
      if (sum >= p) return population(i);
    }
    return population(posterior.length - 1);
  };
  const peak = posterior.reduce((top, share, i) => (share > posterior[top]! ? i : top), 0);
  return {
    median: quantile(0.5),
    mean: expectation((n) => n),
    mode: population(peak),
    lower: quantile((1 - level) / 2),
    upper: quantile((1 + level) / 2),
    relativeSquaredError: expectation((n) => 1 / n) / expectation((n) => 1 / n ** 2),
    modeAtFirst: peak === 0,
    massAtLast: posterior.at(-1) ?? 0,
    graphs: shares
      .map(({ graph, mass, mean }) => ({ graph, probability: mass / whole, mean }))
      .sort((a, b) => b.probability - a.probability),
    quantile,
  };
}

/**
 * For each set of lists and each hidden count, the Dirichlet-multinomial likelihood of the table over that set, up to
 * the factor that all sets share; the empty set gives that factor, with the prior's total weight.
 */
function marginalLikelihoods(table: CaptureTable, delta: number, grid: readonly number[]): Float64Array[] {
  const k = table.lists.length;
  const seen = persons(table);
  return Array.from({ length: 1 << k }, (_, set) => {
    const margin = new Map<number, number>();
    for (let cell = 1; cell < 1 << k; cell++)
      margin.set(cell & set, (margin.get(cell & set) ?? 0) + table.counts[cell]!);
    const cells = 2 ** size(set);
    const weight = (delta * 2 ** k) / cells;
    let fixed = -cells * logGamma(weight);
    for (const [cell, count] of margin) if (cell !== 0) fixed += logGamma(count + weight);
    fixed += (cells - margin.size - (margin.has(0) ? 0 : 1)) * logGamma(weight);
    const atZero = set === 0 ? seen : (margin.get(0) ?? 0);
    return Float64Array.from(grid, (hidden) => fixed + logGamma(atZero + hidden + weight));
  });
}
